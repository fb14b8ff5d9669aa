// Two people change the same field in two browsers: the second one sees both values, and nothing
// that was typed is lost.
import { assert } from './world.mjs'

const conflictOf = (page) => page.getByRole('dialog', { name: '有人先改了这条记录' })

async function valueOf(input, expected) {
  const value = await input.inputValue()
  assert(value === expected, `the input holds “${value}”, not “${expected}”`)
}

export const cases = {
  'a fact of a ticket edited in place by two': async (world) => {
    const api = await world.api('agent')
    const ticket = await api.post('/ticket', {
      subject: '空调滴水',
      contact_phone: '13800003333',
      new_customer: { name: '同改客户' },
    })
    const address = `/desk/queue/to_triage/${ticket.id}`
    const slow = await world.open(address, { as: 'agent' })
    const quick = await world.open(address, { as: 'agent02' })
    await slow.getByRole('button', { name: '编辑主题' }).click()
    const typed = slow.getByRole('textbox', { name: '主题' })
    await typed.fill('空调滴水,客户催促')

    await quick.getByRole('button', { name: '编辑主题' }).click()
    await quick.getByRole('textbox', { name: '主题' }).fill('空调内机滴水')
    await quick.getByRole('textbox', { name: '主题' }).press('Enter')
    await quick.getByRole('button', { name: '编辑主题' }).waitFor()

    // What the other saved has arrived in the list; what is being typed stays.
    await slow.getByRole('link', { name: /空调内机滴水/ }).first().waitFor()
    await valueOf(typed, '空调滴水,客户催促')
    await typed.press('Enter')
    const dialog = conflictOf(slow)
    await dialog.waitFor()
    await dialog.getByText('空调内机滴水').waitFor()
    await dialog.getByText('空调滴水,客户催促').waitFor()
    await world.still(slow)
    await world.shot(slow, 'desk-conflict-zh-light-1440')
    const findings = await world.axe(slow)
    assert(findings.length === 0, findings.join('\n'))

    await dialog.getByRole('button', { name: '返回继续编辑' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await valueOf(typed, '空调滴水,客户催促')

    await typed.fill('空调内机滴水,客户催促')
    await typed.press('Enter')
    await dialog.waitFor()
    await dialog.getByRole('radio', { name: /你填的/ }).check()
    await dialog.getByRole('button', { name: '按选择保存' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await quick.getByRole('heading', { name: '空调内机滴水,客户催促' }).waitFor({ timeout: 3_000 })
    const saved = await api.get(`/ticket/${ticket.id}`)
    assert(saved.subject === '空调内机滴水,客户催促', `saved: ${saved.subject}`)
  },
  'a form edited by two: their value of one field, mine of the others': async (world) => {
    const api = await world.api('agent')
    const customer = await api.post('/customer', { name: '原来的名字', phone: '13800004444' })
    const page = await world.open(`/desk/records/customer/${customer.id}`, { as: 'agent02' })
    const name = page.getByRole('textbox', { name: '客户名称' })
    const note = page.getByRole('textbox', { name: '备注' })
    await name.fill('我改的名字')
    await note.fill('我写的备注')
    await api.patch(`/customer/${customer.id}`, { version: customer.version, name: '同事改的名字' })
    await page.getByRole('button', { name: '保存' }).click()
    const dialog = conflictOf(page)
    await dialog.waitFor()
    await dialog.getByText('我改的名字').waitFor()
    await dialog.getByRole('radio', { name: /现在的/ }).check()
    await dialog.getByRole('button', { name: '按选择保存' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const saved = await api.get(`/customer/${customer.id}`)
    assert(saved.name === '同事改的名字', `name: ${saved.name}`)
    assert(saved.note === '我写的备注', `note: ${saved.note}`)
    await valueOf(name, '同事改的名字')
  },
}
