// A list filtered by an expression; a fault is shown where it stands and nothing typed is lost.
import { assert } from './world.mjs'

export const cases = {
  'an expression finds the customers it says, and tells where it is wrong': async (world) => {
    const api = await world.api('admin')
    for (const name of ['表达式甲', '表达式乙', '别的客户'])
      await api.post('/customer', { name, phone: '13800006666' })
    const desk = await world.open('/desk/records/customer', { as: 'admin' })
    await desk.getByRole('button', { name: '按表达式筛选' }).click()
    const box = desk.getByRole('textbox', { name: '按表达式筛选' })
    await box.fill('starts with(name, "表达式"')
    await box.press('Enter')
    const fault = desk.getByRole('alert')
    await fault.waitFor()
    await fault.getByText(/第 1 行/).waitFor()
    await world.still(desk)
    await world.shot(desk, 'desk-expression-zh-light-1440')
    const findings = await world.axe(desk)
    assert(findings.length === 0, findings.join('\n'))
    assert((await box.inputValue()) === 'starts with(name, "表达式"', 'what was typed stays')
    await box.fill('starts with(name, "表达式") and phone != null')
    await box.press('Enter')
    await fault.waitFor({ state: 'hidden' })
    await desk.getByText('表达式甲').first().waitFor()
    await desk.getByText('表达式乙').first().waitFor()
    await desk.getByText('别的客户').waitFor({ state: 'hidden' })
  },
}
