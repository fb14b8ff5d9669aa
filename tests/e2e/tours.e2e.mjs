// Every page and sheet of the portal and of the field app, empty, wrong and full: no fault of its own,
// no serious finding of axe, nothing wider than the screen. The pictures are for a person to look at.
import { assert, planVisit } from './world.mjs'

const HOUR = 3_600_000
const SMALL = { width: 320, height: 640 }
const LONG = '客厅柜式空调开机十分钟后自动停机并且显示故障代码外机风扇不转有焦糊味请尽快安排师傅上门检查处理'
const TOURS = {
  'Chinese, light': [{ phone: true }, 'zh-light-390'],
  'English, dark, on the smallest phone': [
    { viewport: SMALL, locale: 'en-US', theme: 'dark' },
    'en-dark-320',
  ],
  'Chinese, on a desk': [{}, 'zh-light-1440'],
}

// Looks at a page: a picture, axe, and whether it fits.
function looker(world, page, face, suffix) {
  const findings = []
  const look = async (name) => {
    await page.waitForLoadState('load')
    await world.still(page)
    await world.shot(page, `${face}-${name}-${suffix}`)
    for (const finding of await world.axe(page)) findings.push(`${name}: ${finding}`)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wide > 0) findings.push(`${name}: ${wide} px wider than the screen`)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, a[href], summary, input:not([type=radio], [hidden]), select')]
        .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .map((e) => ({ box: e.getBoundingClientRect(), text: e.innerText || e.ariaLabel || e.className }))
        .filter(({ box }) => box.width > 4 && (box.height < 44 || box.width < 40))
        .map(({ box, text }) => `${text.slice(0, 30)} ${Math.round(box.width)}x${Math.round(box.height)}`),
    )
    if (small.length > 0) findings.push(`${name}: too small to tap: ${small.join(', ')}`)
  }
  const end = () => {
    findings.push(...page.problems)
    assert(findings.length === 0, findings.join('\n'))
  }
  return { look, end }
}

async function engineerOf(admin) {
  const { records } = await admin.get('/user?role=engineer&limit=200')
  return records.find(({ login }) => login === 'engineer')
}

async function work(world, subject) {
  const admin = await world.api('admin')
  const engineer = await engineerOf(admin)
  const { records: assets } = await admin.get('/asset?limit=1')
  const ticket = await admin.post('/ticket', {
    subject,
    description: `${LONG}\n${LONG}`,
    contact_name: '阿卜杜热合曼·买买提',
    contact_phone: '13800005555',
    priority: 'urgent',
    asset: assets[0].id,
    new_customer: { name: '巡检' },
  })
  const visit = await planVisit(admin, ticket, engineer, {
    note: '带 35μF 电容和长梯子,两人上门',
  })
  return { admin, ticket, visit, asset: assets[0] }
}

async function fieldTour(world, options, suffix) {
  const { admin, ticket, visit, asset } = await work(world, LONG)
  const page = await world.open(null, { as: 'engineer', ...options })
  const { look, end } = looker(world, page, 'field', suffix)
  const main = page.locator('.next-main')
  const problem = page.locator('.ant-alert-error, .bad:not(:empty)')
  const go = async (address) => {
    await page.goto(address)
    await page.locator('.page-main').waitFor()
    await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' })
  }
  await go('/field/')
  await page.locator(`a[href$="${visit.id}"]`).waitFor()
  await look('today')
  await go('/field/?day=2020-01-01')
  await page.locator('.hougu-empty').waitFor()
  await look('today-empty')
  await go(`/field/job/${visit.id}`)
  await main.waitFor()
  await look('job')
  await page.locator('.next-more').click()
  await page.locator('.sheet-actions').waitFor()
  await look('job-more')
  await page.locator('.sheet-actions .ant-btn-dangerous').last().click()
  await page.locator('.choice-row').waitFor()
  await page.locator('.field-sheet .tall').click()
  await problem.first().waitFor()
  await look('job-refuse')
  await page.keyboard.press('Escape')
  await page.locator('.choice-row').waitFor({ state: 'hidden' })
  await main.click()
  await page.locator('.stages li[data-done]').nth(0).waitFor()
  await main.click()
  await page.locator('.eta-grid').waitFor()
  await look('job-travel')
  await page.locator('.eta-grid button').first().click()
  await page.locator('.stages li[data-done]').nth(1).waitFor()
  await main.click()
  await page.locator('.stages li[data-done]').nth(2).waitFor()
  await admin.post(`/ticket/${ticket.id}/message`, { kind: 'reply', body: LONG })
  await page.locator('.message').first().waitFor()
  await page.locator('.composer').scrollIntoViewIfNeeded()
  await look('job-talk')
  await main.click()
  await page.locator('.stepper').waitFor()
  await look('report')
  await main.click()
  await problem.first().waitFor()
  await look('report-missing')
  const picture = await page.screenshot({ type: 'jpeg' })
  await page.locator('.photos input').setInputFiles(
    [1, 2, 3, 4].map((n) => ({ name: `${n}.jpg`, mimeType: 'image/jpeg', buffer: picture })),
  )
  await page.locator('.photo img').nth(3).waitFor()
  await page.locator('.photo progress').first().waitFor({ state: 'detached' })
  await page.locator('textarea').nth(0).fill(LONG)
  await page.locator('textarea').nth(1).fill(LONG)
  await page.locator('.photos').scrollIntoViewIfNeeded()
  await look('report-photos')
  await page.locator('.signature .ant-btn').first().click()
  await page.locator('.sign-screen canvas').waitFor()
  await look('report-sign')
  await page.keyboard.press('Escape')
  await go(`/field/job/${visit.id}/unfinished`)
  await main.click()
  await problem.first().waitFor()
  await look('unfinished')
  await page.locator('.choice-row button').first().click()
  await main.click()
  await page.locator('.outcome').waitFor()
  await look('done')
  await go(`/field/device/${asset.id}`)
  await page.locator('.panel h1').waitFor()
  await look('device')
  await go('/field/device?code=NOSUCHDEVICE')
  await page.locator('.hougu-empty').waitFor()
  await look('device-none')
  await go('/field/me')
  await look('me')
  await go('/field/unsent')
  await look('unsent-none')
  await go('/field/nowhere')
  await look('nowhere')
  await go(`/field/job/${asset.id}`)
  await page.locator('.hougu-empty').waitFor()
  await look('job-gone')
  end()
}

async function report(world, description, more = {}) {
  const answer = await fetch(`${world.base}/api/v1/portal/report`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ description, contact_name: '金奶奶', contact_phone: '13800006666', ...more }),
  })
  assert(answer.status === 201, await answer.clone().text())
  return await answer.json()
}

async function portalTour(world, options, suffix) {
  const admin = await world.api('admin')
  const engineer = await engineerOf(admin)
  const { records: assets } = await admin.get('/asset?limit=60&sort=-created_at')
  let known = assets[0]
  for (const asset of assets) {
    const card = await (await fetch(`${world.base}/api/v1/portal/asset/${asset.qr_token}`)).json()
    if (card.contact === null) continue
    known = asset
    if (card.open_ticket === null) break
  }
  const page = await world.open(null, options)
  const { look, end } = looker(world, page, 'portal', suffix)
  const main = page.locator('form .button-main')
  const wrong = page.locator('.field-error:not(:empty), .notice-bad').filter({ visible: true })
  await page.goto('/')
  await page.locator('.way-card').first().waitFor()
  await look('entry')
  await page.goto(`/s/${known.qr_token}`)
  await page.locator('form.report').waitFor()
  await look('scanned')
  await main.click()
  await wrong.first().waitFor()
  await look('scanned-missing')
  await page.locator('.chip').first().click()
  await page.locator('input[type=file]').first().setInputFiles([
    { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg' }) },
    { name: 'b.txt', mimeType: 'text/plain', buffer: Buffer.from('no') },
  ])
  await page.locator('.photo[data-state=sent]').waitFor()
  await page.locator('.photos').scrollIntoViewIfNeeded()
  await look('photos')
  await page.locator('.photo[data-state=failed] .photo-remove').click()
  await main.click()
  await page.locator('.chip').first().waitFor()
  await look('contact-known')
  await page.locator('.chip').nth(1).click()
  await main.click()
  await wrong.first().waitFor()
  await look('contact-missing')
  await page.locator('.picked').click()
  await page.locator('.division-list button').first().waitFor()
  await look('divisions')
  await page.keyboard.press('Escape')
  await page.locator('input[name=name]').fill('阿卜杜热合曼·买买提')
  await page.locator('input[name=tel]').fill('12345')
  await main.click()
  await wrong.first().waitFor()
  await look('contact-wrong')
  await page.locator('input[name=tel]').fill('138 0000 6666')
  await page.locator('.paste summary').click()
  await page.locator('.chip').last().click()
  await page.locator('.other-time').scrollIntoViewIfNeeded()
  await look('contact-time')
  await main.click()
  await page.locator('.sent-number').waitFor()
  await look('sent')
  const number = (await page.locator('.sent-number strong').innerText()).trim()
  const address = new URL(page.url()).pathname
  await page.locator('.sent .button-main').click()
  await page.locator('.story').waitFor()
  await look('track-new')
  await page.goto('/')
  await page.locator('.plain-list').waitFor()
  await look('entry-recent')

  const { records } = await admin.get(`/ticket?search=${number}&limit=1`)
  const ticket = records[0]
  const visit = await planVisit(admin, ticket, engineer)
  const own = await world.api('engineer')
  await own.post(`/visit/${visit.id}/accept`)
  await own.post(`/visit/${visit.id}/start_travel`, { eta: new Date(Date.now() + HOUR / 3).toISOString() })
  await admin.post(`/ticket/${ticket.id}/message`, { kind: 'reply', body: LONG })
  await page.goto(address)
  await page.locator('.visit').waitFor()
  await look('track-coming')
  await page.locator('.composer').scrollIntoViewIfNeeded()
  await look('track-talk')
  await page.locator('.composer .button-main').click()
  await wrong.first().waitFor()
  await look('track-talk-empty')
  await own.post(`/visit/${visit.id}/arrive`)
  await own.post(`/visit/${visit.id}/complete`, { fault_cause: LONG, action_taken: LONG, labour_minutes: 30 })
  await page.locator('.stars').first().waitFor()
  await page.evaluate(() => window.scrollTo(0, 0))
  await look('track-rate')
  await page.locator('form[aria-labelledby=rate] .button-main').click()
  await page.locator('.stars[data-bad]').waitFor()
  await look('track-rate-empty')
  for (const group of await page.locator('.stars').all()) await group.locator('label').nth(3).click()
  await look('track-rate-stars')
  await page.locator('form[aria-labelledby=rate] .button-main').click()
  await page.locator('.stars-shown').first().waitFor()
  await page.locator('.stars-shown').first().scrollIntoViewIfNeeded()
  await look('track-rated')

  const { track_url } = await report(world, LONG, { service_type: 'on_site_repair' })
  await page.goto(track_url)
  await page.locator('.ticket-actions button').first().click()
  await page.locator('.sheet').waitFor()
  await page.locator('.sheet .button-main').click()
  await wrong.first().waitFor()
  await look('track-time')
  await page.keyboard.press('Escape')
  await page.locator('.ticket-actions button').last().click()
  await page.locator('.sheet .button-danger').click()
  await wrong.first().waitFor()
  await look('track-cancel')
  await page.locator('.sheet .chip').first().click()
  await page.locator('.sheet .button-danger').click()
  await page.locator('[data-state=cancelled]').waitFor()
  await page.evaluate(() => window.scrollTo(0, 0))
  await look('track-cancelled')

  await page.goto('/report')
  await main.click()
  await wrong.first().waitFor()
  await look('report')
  await page.goto('/find')
  await main.click()
  await wrong.first().waitFor()
  await look('find-missing')
  await page.locator('input[name=number]').fill('SD20200101-0001')
  await page.locator('input[name=tel]').fill('13800007777')
  await main.click()
  await page.locator('.notice-bad').waitFor()
  await look('find-unknown')
  await page.goto('/track/nonsense')
  await page.locator('.notice-bad').waitFor()
  await look('track-unknown')
  await page.goto('/s/nonsense')
  await page.locator('.notice-bad').waitFor()
  await look('device-unknown')
  await page.goto('/no/such/page')
  await page.locator('.notice-bad').waitFor()
  await look('nowhere')
  end()
}

const tours = (face, tour) =>
  Object.fromEntries(
    Object.entries(TOURS).map(([name, [options, suffix]]) => [
      `the whole ${face}, ${name}`,
      (world) => tour(world, options, suffix),
    ]),
  )

export const cases = { ...tours('field app', fieldTour), ...tours('portal', portalTour) }
