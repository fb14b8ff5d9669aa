// The product's main job, from a scanned QR code to a rating, by three people in three browsers.
import { assert } from './world.mjs'

// A device whose known contact can be used, without an open ticket.
async function deviceOf(world) {
  const admin = await world.api('admin')
  const { records } = await admin.get('/asset?limit=60&sort=-created_at')
  for (const asset of records) {
    const card = await (await fetch(`${world.base}/api/v1/portal/asset/${asset.qr_token}`)).json()
    if (card.open_ticket === null && card.contact !== null) return asset
  }
  throw new Error('the demo has no device without an open ticket')
}

async function report(world, asset) {
  const page = await world.open(`/s/${asset.qr_token}`, { phone: true })
  await page.getByRole('heading', { name: '出了什么问题' }).waitFor()
  await world.shot(page, 'portal-report-1', { readme: true })
  await page.getByText('不制冷/不制热', { exact: true }).last().click()
  await page.getByRole('textbox', { name: '说说具体情况' }).fill('开机半小时还是不凉,外机有响声')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'fault.jpg',
      mimeType: 'image/jpeg',
      buffer: await page.screenshot({ type: 'jpeg' }),
    })
  await page.getByText('1/9').waitFor()
  await page.getByRole('progressbar').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: /提交/ }).waitFor()
  await world.shot(page, 'portal-report-2', { readme: true })
  await page.getByRole('button', { name: /提交/ }).click()
  await page.getByText(/SD\d{8}-\d{4}/).first().waitFor()
  await world.shot(page, 'portal-done')
  const number = (await page.locator('body').innerText()).match(/SD\d{8}-\d{4}/)[0]
  return { page, number }
}

export const cases = {
  'a report becomes a closed and rated ticket': async (world) => {
    const asset = await deviceOf(world)
    // The desk is open before the report comes in: it has to appear by itself.
    const desk = await world.open('/desk/queue/to_triage', { as: 'agent' })
    await desk.getByRole('heading', { name: '待受理', exact: true }).waitFor()
    const { page: customer, number } = await report(world, asset)

    const row = desk.getByRole('link', { name: new RegExp(number) })
    await row.first().waitFor({ timeout: 3_000 })
    await world.shot(desk, 'desk-queue', { readme: true })
    await row.first().click()
    await desk.getByRole('button', { name: '受理', exact: true }).first().click()
    const dialog = desk.getByRole('dialog')
    await dialog.waitFor()
    await dialog.getByRole('button', { name: '受理', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })

    // An engineer of the outlet gets the visit.
    const admin = await world.api('admin')
    const { records } = await admin.get(`/ticket?search=${number}&limit=1`)
    const ticket = records[0]
    const { records: users } = await admin.get('/user?role=engineer&limit=200')
    const engineer = users.find((user) => user.unit.id === ticket.team.id)
    assert(engineer, 'the outlet has no engineer')
    await desk.getByRole('button', { name: /安排作业|安排上门/ }).first().click()
    const plan = desk.getByRole('dialog')
    await plan.getByRole('button', { name: '今天' }).click()
    await plan.getByRole('button', { name: /下午/ }).click()
    await plan.getByRole('combobox', { name: '工程师' }).click()
    await plan.getByRole('combobox', { name: '工程师' }).fill(engineer.name)
    await desk.getByText(engineer.name, { exact: false }).last().click()
    await plan.getByRole('button', { name: '安排作业' }).click()
    await plan.waitFor({ state: 'hidden' })
    await desk.getByRole('log').getByText('待接单').waitFor()
    await world.still(desk)
    await world.shot(desk, 'desk-ticket', { readme: true })

    const phone = await world.open('/field/', { as: engineer.login, phone: true })
    const job = phone.getByRole('link', { name: /不制冷|开机半小时/ }).first()
    await job.waitFor()
    await world.shot(phone, 'field-today', { readme: true })
    await job.click()
    await phone.getByRole('button', { name: '接单' }).click()
    await phone.getByRole('button', { name: '出发' }).click()
    const eta = phone.getByRole('dialog')
    if (await eta.isVisible().catch(() => false))
      await eta.getByRole('button', { name: /出发|确定/ }).last().click()
    await customer.getByRole('button', { name: '查看进度' }).or(customer.getByRole('link', { name: '查看进度' })).click()
    await customer.getByText(engineer.name).first().waitFor()
    await customer.getByText(/已出发/).first().waitFor()
    await world.shot(customer, 'portal-track', { readme: true })

    await phone.getByRole('button', { name: '到达', exact: true }).click()
    // The customer's page moves by itself.
    await customer.getByText(/已到达/).first().waitFor({ timeout: 5_000 })
    await phone.getByRole('button', { name: '填报告并完成' }).click()
    await phone.getByRole('textbox', { name: '故障原因' }).fill('连接管喇叭口泄漏')
    await phone.getByRole('textbox', { name: '处理措施' }).fill('重新扩口,抽真空并补充制冷剂')
    const minutes = phone.getByLabel('工时(分钟)')
    await minutes.fill('60')
    await phone
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'after.jpg',
        mimeType: 'image/jpeg',
        buffer: await phone.screenshot({ type: 'jpeg' }),
      })
    await phone.getByRole('button', { name: '请客户签名' }).click()
    const area = phone.locator('canvas').last()
    const box = await area.boundingBox()
    await phone.mouse.move(box.x + 40, box.y + 60)
    await phone.mouse.down()
    for (let i = 0; i < 12; i += 1)
      await phone.mouse.move(box.x + 40 + i * 15, box.y + 60 + (i % 2 === 0 ? 40 : -10))
    await phone.mouse.up()
    await phone.getByRole('button', { name: /用这个签名|确定|保存|完成/ }).last().click()
    await phone.getByRole('textbox', { name: '签名人' }).fill('钟勇')
    await world.shot(phone, 'field-report', { readme: true })
    await phone.getByRole('button', { name: '完成', exact: true }).last().click()

    await customer.getByText('这次服务怎么样').waitFor({ timeout: 10_000 })
    for (const group of ['整体服务', '服务态度', '上门与解决时效', '维修质量'])
      await customer
        .getByRole('group', { name: group })
        .or(customer.getByRole('radiogroup', { name: group }))
        .getByText('5', { exact: false })
        .or(customer.getByRole('group', { name: group }).locator('label').last())
        .last()
        .click()
    await customer.getByRole('textbox', { name: '还想说点什么' }).fill('师傅准时,修得很快')
    await world.shot(customer, 'portal-rating', { readme: true })
    await customer.getByRole('button', { name: /提交/ }).last().click()
    await customer.getByText('您的评价').waitFor()

    const closed = await admin.get(`/ticket/${ticket.id}`)
    assert(closed.status === 'closed', `the ticket is ${closed.status}`)
    const { items } = await admin.get(`/ticket/${ticket.id}/timeline`)
    assert(items.some((item) => item.kind === 'rating' && item.rating.overall === 5), 'no rating')
    const visit = items.find((item) => item.kind === 'visit').visit
    assert(visit.signature !== null && visit.photos.length === 1, 'no signature or photo')
    assert(visit.labour_minutes === 60, 'no labour time')
  },
}
