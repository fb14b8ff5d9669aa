// Many tickets at once: what is refused is named with its reason and can be tried again.
import { assert } from './world.mjs'

export const cases = {
  'three tickets are assigned, the cancelled one says why not': async (world) => {
    const api = await world.api('agent')
    const tickets = []
    for (const n of [1, 2, 3])
      tickets.push(
        await api.post('/ticket', {
          subject: `批量派单${n}`,
          contact_phone: '13800005555',
          new_customer: { name: '批量客户' },
        }),
      )
    const desk = await world.open('/desk/queue/to_triage?q=批量派单', { as: 'agent' })
    for (const { number } of tickets) await desk.getByRole('checkbox', { name: `选中 ${number}` }).click()
    await desk.getByRole('toolbar').getByRole('button', { name: '派单' }).click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByRole('combobox', { name: '团队' }).fill('上海')
    await desk.getByRole('option', { name: /上海服务网点/ }).or(desk.getByTitle('上海服务网点')).last().click()
    await api.post(`/ticket/${tickets[1].id}/cancel`, { reason: '客户自己解决了' })
    await dialog.getByRole('button', { name: '派单' }).click()

    const alert = dialog.getByRole('alert')
    await alert.getByText(tickets[1].number).waitFor()
    await alert.getByText(/已取消/).waitFor()
    await world.still(desk)
    await world.shot(desk, 'desk-bulk-zh-light-1440')
    const findings = await world.axe(desk)
    assert(findings.length === 0, findings.join('\n'))
    // Reopened meanwhile: the second try gets it, and only it.
    await api.post(`/ticket/${tickets[1].id}/reopen`, { reason: '还是要上门' })
    await dialog.getByRole('button', { name: '重试 1 张' }).click()
    await dialog.waitFor({ state: 'hidden' })
    for (const { id, number } of tickets) {
      const now = await api.get(`/ticket/${id}`)
      assert(now.team?.title === '上海服务网点', `${number}: ${now.team?.title}`)
    }
  },
}
