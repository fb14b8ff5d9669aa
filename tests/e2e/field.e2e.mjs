// The engineer's phone: taps that come twice, and a day without a network.
import http from 'node:http'
import { assert, planVisit } from './world.mjs'

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
  const visit = await planVisit(admin, ticket, engineer)
  return { admin, visit }
}

const open = (world) => world.open('/field/', { as: 'engineer', phone: true })
const statusOf = async (admin, visit) => (await admin.get(`/visit/${visit.id}`)).status

// What the page keeps on the phone: keys of the browser's database and of its small storage.
const keptKeys = (page) =>
  page.evaluate(async () => {
    const whole = (asked) =>
      new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const keys = Object.keys(localStorage)
    for (const { name } of await indexedDB.databases()) {
      const db = await whole(indexedDB.open(name))
      for (const store of db.objectStoreNames)
        keys.push(...(await whole(db.transaction(store).objectStore(store).getAllKeys())))
      db.close()
    }
    return keys
  })

// Waits until something is written whose key holds this.
async function isKept(page, part) {
  const end = Date.now() + 10_000
  while (!(await keptKeys(page)).some((key) => String(key).includes(part)))
    assert(Date.now() < end, `${part} is not kept`)
}

// Stands before the server, as it is after a release with another service worker once `released` is set.
async function releasing(world) {
  const front = { released: false }
  const { hostname, port } = new URL(world.base)
  const server = http.createServer((asked, answer) => {
    const { method, url: path } = asked
    const fresh = front.released && path === '/field/sw.js'
    const headers = fresh ? { ...asked.headers, 'accept-encoding': 'identity', 'if-none-match': '' } : asked.headers
    const passed = http.request({ hostname, port, method, path, headers }, (got) => {
      const { 'content-length': length, ...rest } = got.headers
      answer.writeHead(got.statusCode, fresh || length === undefined ? rest : got.headers)
      got.pipe(answer, { end: !fresh })
      if (fresh) got.on('end', () => answer.end('\n// the next release'))
    })
    passed.on('error', () => answer.destroy())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  front.base = `http://127.0.0.1:${server.address().port}`
  front.stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return front
}

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
    assert((await page.getByRole('dialog').count()) === 0, 'the second tap asked for the arrival')
    await admin.post(`/visit/${visit.id}/start_travel`)
    const arrive = page.getByRole('button', { name: '到达', exact: true })
    await arrive.waitFor()
    const arrived = page.waitForResponse((answer) => answer.url().endsWith('/arrive'))
    await arrive.dblclick()
    await arrived
    await page.getByRole('button', { name: '填报告并完成' }).waitFor()
    assert((await page.getByRole('alert').count()) === 0, 'a second tap on arrive is refused')
    assert(page.url().endsWith(visit.id), 'the second tap opened the report')
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
    await isKept(page, `"${visit.id}","job"`)

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
    await isKept(page, `report/${visit.id}`)
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

  'what is refused later says why, and can be dropped': async (world) => {
    const { admin, visit } = await visitToday(world, '改派给别人')
    const page = await open(world)
    await page.getByRole('link', { name: /改派给别人/ }).click()
    await page.getByText('13800003333').first().waitFor()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: '接单' }).click()
    await page.getByText('未发送:1').waitFor()
    await admin.post(`/visit/${visit.id}/cancel`, { reason: '客户不要了' })
    await page.context().setOffline(false)
    await page.getByRole('link', { name: /没有被接受/ }).click()
    await page.getByText(/没有被接受:/).first().waitFor()
    await world.still(page)
    await world.shot(page, 'field-refused')
    const findings = await world.axe(page)
    assert(findings.length === 0, findings.join('\n'))
    await page.getByRole('button', { name: '放弃' }).click()
    await page.getByRole('tooltip').getByRole('button', { name: '放弃' }).click()
    await page.getByText('全部已发送').waitFor()
    assert((await statusOf(admin, visit)) === 'cancelled', 'the cancelled visit came back')
  },

  'a new release waits until it is taken, and takes over whole': async (world) => {
    const { visit } = await visitToday(world, '新版本来了')
    const front = await releasing(world)
    try {
      const page = await world.open(null, { as: 'engineer', phone: true })
      await page.goto(`${front.base}/field/`)
      await page.getByRole('link', { name: /新版本来了/ }).click()
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
      await page.getByRole('textbox', { name: '内部备注' }).fill('写了一半')
      front.released = true
      await page.evaluate(() => navigator.serviceWorker.ready.then((now) => now.update()).then(() => null))
      await page.getByText('有新版本').waitFor()
      await world.shot(page, 'field-update')
      const waits = () =>
        page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).waiting !== null)
      assert(await waits(), 'the new release did not wait')
      const loaded = page.waitForEvent('load')
      await page.getByRole('button', { name: '更新' }).click()
      await loaded
      const note = page.getByRole('textbox', { name: '内部备注' })
      await note.waitFor()
      assert((await note.inputValue()) === '写了一半', 'the note is gone')
      assert(!(await waits()), 'the new release still waits')
      assert(page.url().endsWith(visit.id), page.url())
      await page.context().setOffline(true)
      await page.reload()
      await note.waitFor()
    } finally {
      front.stop()
    }
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
