// The engineer's phone: taps that come twice, and a day without a network.
import { assert } from './world.mjs'

const HOUR = 3_600_000

// A visit of today for the engineer of the demo, in a window that has not passed.
async function visitToday(world, subject) {
  const admin = await world.api('admin')
  const { records: users } = await admin.get('/user?role=engineer&limit=200')
  const engineer = users.find(({ login }) => login === 'engineer')
  const ticket = await admin.post('/ticket', {
    subject,
    contact_phone: '13800003333',
    new_customer: { name: '雨天' },
  })
  await admin.post(`/ticket/${ticket.id}/triage`, { team: engineer.unit.id })
  const visit = await admin.post('/visit', {
    ticket: ticket.id,
    place: 'on_site',
    window_start: new Date(Date.now() - HOUR).toISOString(),
    window_end: new Date(Date.now() + HOUR).toISOString(),
    team: engineer.unit.id,
    engineer: engineer.id,
  })
  return { admin, visit }
}

const open = (world) => world.open('/field/', { as: 'engineer', phone: true })
const statusOf = async (admin, visit) => (await admin.get(`/visit/${visit.id}`)).status

// What the page keeps on the phone: keys of the browser's database and of its small storage.
const keptKeys = (page) =>
  page.evaluate(async () => {
    const keys = Object.keys(localStorage)
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((resolve, reject) => {
        const asked = indexedDB.open(name)
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
      for (const store of db.objectStoreNames) {
        const asked = db.transaction(store).objectStore(store).getAllKeys()
        keys.push(...(await new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)))))
      }
      db.close()
    }
    return keys
  })

export const cases = {
  'a second tap, and a second phone, are no error': async (world) => {
    const { admin, visit } = await visitToday(world, '敲两下')
    const page = await open(world)
    const other = await open(world)
    for (const one of [page, other]) await one.getByRole('link', { name: /敲两下/ }).click()
    // the other one hears of nothing meanwhile
    await other.route('**/api/v1/live*', (route) => route.abort())
    await other.route(`**/api/v1/visit/${visit.id}/job`, (route) => route.abort())
    await other.evaluate(() => window.stop())

    await page.getByRole('button', { name: '接单' }).dblclick()
    await page.getByRole('button', { name: '出发', exact: true }).waitFor()
    assert((await page.getByRole('alert').count()) === 0, 'a second tap on accept is refused')
    await admin.post(`/visit/${visit.id}/start_travel`)
    const arrive = page.getByRole('button', { name: '到达', exact: true })
    await arrive.waitFor()
    const arrived = page.waitForResponse((answer) => answer.url().endsWith('/arrive'))
    await arrive.dblclick()
    await arrived
    await page.getByRole('button', { name: '填报告并完成' }).waitFor()
    assert((await page.getByRole('alert').count()) === 0, 'a second tap on arrive is refused')
    assert((await statusOf(admin, visit)) === 'arrived', 'not arrived')

    const late = other.getByRole('button', { name: '接单' })
    if (await late.isVisible()) await late.click()
    await other.getByRole('button', { name: '填报告并完成' }).waitFor()
    assert((await other.getByRole('alert').count()) === 0, 'what is done already is refused')
    await admin.post(`/visit/${visit.id}/end_unfinished`, { unfinished_reason: '试' })
  },

  'the app opens without a network, keeps what is done, and sends it later': async (world) => {
    const { admin, visit } = await visitToday(world, '地下室没有信号')
    const page = await open(world)
    const context = page.context()
    const job = page.getByRole('link', { name: /地下室没有信号/ })
    await job.waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
    await page.waitForFunction(async (id) => {
      for (const { name } of await indexedDB.databases()) {
        const db = await new Promise((resolve) => {
          const asked = indexedDB.open(name)
          asked.onsuccess = () => resolve(asked.result)
        })
        for (const store of db.objectStoreNames) {
          const asked = db.transaction(store).objectStore(store).getAllKeys()
          const keys = await new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)))
          if (keys.some((key) => String(key).includes(`"${id}","job"`))) return true
        }
        db.close()
      }
      return false
    }, visit.id)

    await context.setOffline(true)
    await page.reload()
    await job.waitFor()
    await page.getByText(/没有网络,显示的是 \d\d:\d\d 的数据/).waitFor()
    await world.shot(page, 'field-offline-today')
    const findings = await world.axe(page)
    assert(findings.length === 0, findings.join('\n'))

    // the visit was never opened before, yet it is there; steps and words are kept
    await job.click()
    await page.getByText('13800003333').first().waitFor()
    await page.getByRole('button', { name: '接单' }).click()
    await page.getByText('未发送:1').waitFor()
    await page.getByRole('button', { name: '出发', exact: true }).waitFor()
    await page.getByRole('textbox', { name: '内部备注' }).fill('要带长梯子')
    await world.shot(page, 'field-offline-job')
    await page.reload()
    await page.getByText('未发送:1').waitFor()
    await page.getByRole('button', { name: '出发', exact: true }).waitFor()
    const note = page.getByRole('textbox', { name: '内部备注' })
    assert((await note.inputValue()) === '要带长梯子', 'the note is gone')

    // the whole visit, with a picture, and everything is still there when the phone was switched off
    await page.getByRole('button', { name: '出发', exact: true }).click()
    await page.getByRole('button', { name: /^20 分钟/ }).click()
    await page.getByRole('button', { name: '到达', exact: true }).click()
    await page.getByRole('button', { name: '填报告并完成' }).click()
    await page.getByRole('textbox', { name: '故障原因' }).fill('电源板进水')
    await page.reload()
    const cause = page.getByRole('textbox', { name: '故障原因' })
    await cause.waitFor()
    assert((await cause.inputValue()) === '电源板进水', 'the begun report is gone')
    await page.getByRole('textbox', { name: '处理措施' }).fill('烘干并更换保险丝')
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg' }) })
    await page.getByText('稍后发送').waitFor()
    await page.getByRole('button', { name: '完成', exact: true }).click()
    await page.getByText('报告还没有发送').waitFor()
    await world.shot(page, 'field-offline-done')
    await page.goto('/field/unsent')
    await page.getByText('未发送:4').waitFor()
    await page.getByRole('button', { name: '现在发送' }).waitFor()
    await world.shot(page, 'field-offline-unsent')

    // what can't be done says so
    await page.goto('/field/device')
    await page.getByRole('textbox').fill('SN0001')
    await page.getByRole('button', { name: '查找' }).click()
    await page.getByText('查设备需要网络').waitFor()
    await page.goto('/field/?day=2020-01-01')
    await page.getByText('这一天的作业没有存在手机里').waitFor()
    await page.goto('/field/me')
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
    await page.getByText('没有网络,暂时不能退出登录').waitFor()

    const sent = page.waitForResponse((answer) => answer.url().endsWith('/complete') && answer.ok())
    await context.setOffline(false)
    await page.goto('/field/')
    await sent
    await page.getByText(/未发送:/).waitFor({ state: 'detached' })
    const done = await admin.get(`/visit/${visit.id}`)
    assert(done.status === 'completed', `the visit is ${done.status}`)
    assert(done.fault_cause === '电源板进水' && done.photos.length === 1, 'not the report that was written')
    assert(page.problems.length === 0, page.problems.join('\n'))
  },

  'the app takes up the line again by itself': async (world) => {
    const { admin, visit } = await visitToday(world, '出了隧道')
    const page = await open(world)
    await page.getByRole('link', { name: /出了隧道/ }).click()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
    await page.getByText('13800003333').first().waitFor()
    await page.context().setOffline(true)
    await page.reload()
    await page.getByRole('button', { name: '接单' }).click()
    await page.getByText('未发送:1').waitFor()
    await page.context().setOffline(false)
    await page.getByText('未发送:1').waitFor({ state: 'detached' })
    await page.getByText(/没有网络/).waitFor({ state: 'detached' })
    assert((await statusOf(admin, visit)) === 'accepted', 'the step was not sent')
  },

  'signing out leaves nothing of the customers on the phone': async (world) => {
    await visitToday(world, '退出以后')
    const page = await open(world)
    await page.getByRole('link', { name: /退出以后/ }).click()
    await page.getByText('13800003333').first().waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
    const isOfWork = (key) => String(key).startsWith('seen/') || key === 'hougu.field.session'
    const before = (await keptKeys(page)).filter(isOfWork)
    assert(before.length >= 3, `only ${before} is kept`)
    await page.goto('/field/me')
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('button', { name: /登\s*录/ }).waitFor()
    const after = (await keptKeys(page)).filter(isOfWork)
    assert(after.length === 0, `left behind: ${after}`)
    await page.context().setOffline(true)
    await page.goto('/field/')
    await page.getByRole('alert').waitFor()
    assert(!(await page.getByText('退出以后').isVisible()), 'the work is still shown')
  },
}
