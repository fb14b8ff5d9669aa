// The customer's page beyond the main job: cancelling, pictures on a slow line, the phone's way back.
import { assert } from './world.mjs'

async function reported(world, description) {
  const answer = await fetch(`${world.base}/api/v1/portal/report`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ description, contact_name: '金奶奶', contact_phone: '13800004444' }),
  })
  assert(answer.status === 201, await answer.clone().text())
  return await answer.json()
}

export const cases = {
  'a cancelled ticket says so, and nothing is to come': async (world) => {
    const { track_url } = await reported(world, '不想修了')
    const page = await world.open(track_url, { phone: true })
    await page.getByRole('button', { name: '取消服务单' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('已经好了').click()
    await sheet.getByRole('button', { name: '确认取消' }).click()
    await sheet.waitFor({ state: 'hidden' })
    const story = page.getByRole('region', { name: '进度', exact: true })
    const now = story.locator('[aria-current=step]')
    await now.waitFor()
    assert((await now.count()) === 1, 'more than one current step')
    assert((await now.innerText()).includes('服务单已取消'), await now.innerText())
    assert((await story.locator('[data-state=ahead]').count()) === 0, 'steps are still to come')
    await page.getByRole('button', { name: '重新报修' }).waitFor()
    await world.shot(page, 'portal-cancelled')
    const findings = await world.axe(page)
    assert(findings.length === 0, findings.join('\n'))
  },

  'pictures travel while the second step is filled in': async (world) => {
    const page = await world.open('/report', { phone: true })
    let release = () => {}
    const held = new Promise((resolve) => {
      release = resolve
    })
    await page.route('**/api/v1/portal/attachment', async (route) => {
      await held
      await route.continue()
    })
    await page.getByText('咨询', { exact: true }).click()
    await page.locator('textarea').first().fill('滤网怎么洗')
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg' }) })
    await page.getByText('1/9').waitFor()
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText(/照片正在上传/).waitFor()
    await world.shot(page, 'portal-photos-under-way')
    await page.goBack()
    await page.getByRole('heading', { name: '出了什么问题' }).waitFor()
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('textbox', { name: '联系人' }).fill('金奶奶')
    await page.getByRole('textbox', { name: '电话' }).fill('138 0000 4444')
    await page.getByRole('button', { name: /提交/ }).click()
    await page.getByText(/传完会自动提交/).waitFor()
    release()
    await page.getByText(/SD\d{8}-\d{4}/).first().waitFor()
    assert(page.problems.length === 0, page.problems.join('\n'))
  },
}
