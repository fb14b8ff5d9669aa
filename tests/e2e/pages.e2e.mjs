// Every page opens without a fault of its own and without serious findings of axe; pictures of each
// in both languages, sizes and themes lie in build/screenshots for a person to look at.
import { assert } from './world.mjs'

const DESK_PAGES = [
  ['desk-to-triage', '/desk/queue/to_triage'],
  ['desk-all', '/desk/queue/all'],
  ['desk-customers', '/desk/records/customer'],
  ['desk-devices', '/desk/records/asset'],
  ['desk-visits', '/desk/records/visit'],
]
const STUDIO_PAGES = [
  ['studio-start', '/studio'],
  ['studio-organisation', '/studio/organisation'],
  ['studio-users', '/studio/users'],
  ['studio-roles', '/studio/roles'],
  ['studio-entities', '/studio/entities'],
  ['studio-import', '/studio/import'],
  ['studio-labels', '/studio/labels'],
  ['studio-settings', '/studio/settings'],
  ['studio-api-keys', '/studio/api-keys'],
  ['studio-audit', '/studio/audit'],
]
const FIELD_PAGES = [
  ['field-today', '/field'],
  ['field-device', '/field/device'],
  ['field-me', '/field/me'],
]
const PORTAL_PAGES = [
  ['portal-entry', '/'],
  ['portal-report', '/report'],
  ['portal-find', '/find'],
]

async function visit(world, pages, options, suffix) {
  const page = await world.open(null, options)
  const findings = []
  for (const [name, address] of pages) {
    await page.goto(address)
    await page.getByRole('main').first().waitFor()
    await page.waitForLoadState('load')
    await page.getByRole('heading').first().waitFor()
    await world.still(page)
    await world.shot(page, `${name}-${suffix}`)
    for (const finding of await world.axe(page)) findings.push(`${name}: ${finding}`)
  }
  findings.push(...page.problems)
  assert(findings.length === 0, findings.join('\n'))
}

export const cases = {
  'desk, Chinese, light': (world) => visit(world, DESK_PAGES, { as: 'agent' }, 'zh-light-1440'),
  'desk, English, dark': (world) =>
    visit(world, DESK_PAGES, { as: 'agent', locale: 'en-US', theme: 'dark' }, 'en-dark-1440'),
  'desk on a phone': (world) => visit(world, DESK_PAGES, { as: 'agent', phone: true }, 'zh-light-390'),
  'studio, Chinese, light': (world) => visit(world, STUDIO_PAGES, { as: 'admin' }, 'zh-light-1440'),
  'studio, English, dark': (world) =>
    visit(world, STUDIO_PAGES, { as: 'admin', locale: 'en-US', theme: 'dark' }, 'en-dark-1440'),
  'field, Chinese, light': (world) =>
    visit(world, FIELD_PAGES, { as: 'engineer', phone: true }, 'zh-light-390'),
  'field, English, dark': (world) =>
    visit(world, FIELD_PAGES, { as: 'engineer', phone: true, locale: 'en-US', theme: 'dark' }, 'en-dark-390'),
  'portal, Chinese, light': (world) => visit(world, PORTAL_PAGES, { phone: true }, 'zh-light-390'),
  'portal, English, dark': (world) =>
    visit(world, PORTAL_PAGES, { phone: true, locale: 'en-US', theme: 'dark' }, 'en-dark-390'),
  'the portal asks for at most 120 KB of script before it shows': async (world) => {
    const admin = await world.api('admin')
    const { records } = await admin.get('/asset?limit=1')
    const page = await world.open(null, { phone: true })
    let bytes = 0
    page.on('response', async (answer) => {
      if (!/javascript/.test(answer.headers()['content-type'] ?? '')) return
      const sizes = await answer.request().sizes()
      bytes += sizes.responseBodySize
    })
    await page.goto(`/s/${records[0].qr_token}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    console.log(`        portal script: ${(bytes / 1024).toFixed(1)} KB as transferred`)
    assert(bytes > 10_000, 'the measurement saw no script')
    assert(bytes <= 120 * 1024, `${bytes} bytes of script`)
  },
  'what another agent saves shows within 1.5 seconds': async (world) => {
    const api = await world.api('agent')
    const ticket = await api.post('/ticket', { subject: '两个人同时改', contact_phone: '13800001111', new_customer: { name: '同时' } })
    const page = await world.open(`/desk/queue/to_triage/${ticket.id}`, { as: 'agent02' })
    await page.getByText('两个人同时改').first().waitFor()
    await api.patch(`/ticket/${ticket.id}`, { version: ticket.version, subject: '另一位先改了' })
    await page.getByText('另一位先改了').first().waitFor({ timeout: 1_500 })
  },
  'script that a customer types is shown as text': async (world) => {
    const script = '<img src=x onerror="document.title=1337"><script>document.title=1337</script>'
    const answer = await fetch(`${world.base}/api/v1/portal/report`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ description: script, contact_name: script.slice(0, 50), contact_phone: '13800002222' }),
    })
    assert(answer.status === 201, `${answer.status} ${await answer.clone().text()}`)
    const { number, track_url } = await answer.json()
    const desk = await world.open('/desk/queue/to_triage', { as: 'agent' })
    await desk.getByRole('link', { name: new RegExp(number) }).first().click()
    await desk.getByText('onerror').first().waitFor()
    const customer = await world.open(track_url, { phone: true })
    await customer.getByText(number).first().waitFor()
    for (const page of [desk, customer]) assert((await page.title()) !== '1337', 'the script ran')
  },
}
