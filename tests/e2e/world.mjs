// What a case works with: the server, the browser, people who sign in, screenshots.
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const PASSWORD = 'hougu-demo'
export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1440, height: 900 }

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

export class World {
  static async start(root, options) {
    const world = new World()
    world.root = root
    world.options = options
    world.require = createRequire(path.join(root, 'web/package.json'))
    world.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hougu-e2e.'))
    world.screenshots = path.join(root, 'build/screenshots')
    fs.mkdirSync(world.screenshots, { recursive: true })
    const data = path.join(world.folder, 'data')
    execFileSync(options.program, ['demo', '--data', data, '--tickets', '400', '--customers', '120', '--devices', '260'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const port = await freePort()
    world.base = `http://127.0.0.1:${port}`
    world.log = fs.openSync(path.join(world.folder, 'server.log'), 'w')
    world.server = spawn(options.program, ['serve', '--listen', `127.0.0.1:${port}`, '--data', data, '--public-url', world.base], {
      stdio: ['ignore', world.log, world.log],
    })
    await world.ready()
    const { chromium } = world.require('playwright-core')
    world.browser = await chromium.launch({
      executablePath: process.env.HOUGU_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync',
        '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
      ],
    })
    world.contexts = []
    world.pages = []
    return world
  }

  async ready() {
    for (let tries = 0; tries < 600; tries += 1) {
      if (this.server.exitCode !== null)
        throw new Error(`the server ended by itself:\n${this.serverLog()}`)
      try {
        if ((await fetch(`${this.base}/readyz`)).ok) return
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50)) // not listening yet
      }
    }
    throw new Error('the server did not get ready')
  }

  serverLog() {
    return fs.readFileSync(path.join(this.folder, 'server.log'), 'utf8').slice(-4000)
  }

  // A browser window of its own. `as`: signs in; locale, theme ('light' | 'dark'), viewport.
  async open(address, { as, locale = 'zh-CN', theme = 'light', viewport = DESK, phone = false } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.base,
      locale,
      colorScheme: theme,
      viewport: phone ? PHONE : viewport,
      isMobile: phone,
      hasTouch: phone,
      geolocation: { latitude: 31.2304, longitude: 121.4737 },
      permissions: ['geolocation', 'clipboard-read', 'clipboard-write'],
      timezoneId: 'Asia/Shanghai',
    })
    this.contexts.push(context)
    context.setDefaultTimeout(15_000)
    if (as) {
      const answer = await context.request.post('/api/v1/session', {
        data: { login: as, password: PASSWORD },
      })
      if (!answer.ok()) throw new Error(`${as} can't sign in: ${answer.status()} ${await answer.text()}`)
      // Kept with the account: each window says anew how it wants the pages.
      const { csrf_token } = await answer.json()
      const kept = await context.request.put('/api/v1/session/preferences', {
        headers: { 'X-CSRF-Token': csrf_token },
        data: { locale: locale.startsWith('zh') ? 'zh-CN' : 'en', theme },
      })
      if (!kept.ok()) throw new Error(`preferences: ${kept.status()} ${await kept.text()}`)
    }
    const page = await context.newPage()
    page.problems = []
    page.on('pageerror', (error) => page.problems.push(String(error)))
    this.pages.push(page)
    if (address) await page.goto(address)
    return page
  }

  // The API as a person of the demo, for what a case needs but doesn't test.
  async api(login) {
    const context = await this.browser.newContext({ baseURL: this.base })
    this.contexts.push(context)
    const answer = await context.request.post('/api/v1/session', { data: { login, password: PASSWORD } })
    const { csrf_token } = await answer.json()
    const send = async (method, target, data) => {
      const reply = await context.request.fetch(`/api/v1${target}`, {
        method,
        headers: { 'X-CSRF-Token': csrf_token },
        ...(data === undefined ? {} : { data }),
      })
      const text = await reply.text()
      if (!reply.ok()) throw new Error(`${method} ${target}: ${reply.status()} ${text}`)
      return text === '' ? null : JSON.parse(text)
    }
    return {
      get: (target) => send('GET', target),
      post: (target, data = {}) => send('POST', target, data),
      patch: (target, data) => send('PATCH', target, data),
      put: (target, data) => send('PUT', target, data),
    }
  }

  async shot(page, name, { readme = false } = {}) {
    const file = path.join(this.screenshots, `${name}.png`)
    await page.screenshot({ path: file })
    if (readme && this.options.images) {
      const images = path.join(this.root, 'docs/images')
      fs.mkdirSync(images, { recursive: true })
      fs.copyFileSync(file, path.join(images, `${name}.png`))
    }
    return file
  }

  // Waits until what fades in has faded in; what turns for ever is left alone.
  async still(page) {
    await page.evaluate(() =>
      Promise.allSettled(
        document
          .getAnimations()
          .filter((a) => a.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
          .map((a) => a.finished),
      ),
    )
  }

  // Serious findings of axe on the page, as texts.
  async axe(page) {
    // evaluated, not added as a tag: the pages' own policy allows no foreign script
    this.axeSource ??= fs.readFileSync(this.require.resolve('axe-core/axe.min.js'), 'utf8')
    await page.evaluate(this.axeSource)
    const found = await page.evaluate(async () => {
      const { violations } = await globalThis.axe.run(document, {
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      })
      return violations
        .filter((v) => v.impact === 'serious' || v.impact === 'critical')
        .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} — ${n.failureSummary ?? ''}`).join(' | ')}`)
    })
    return found
  }

  async keepEvidence(title) {
    const name = title.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 80)
    for (const [n, page] of this.pages.entries()) {
      try {
        await page.screenshot({ path: path.join(this.screenshots, `failed-${name}-${n}.png`) })
        console.log(`        page ${n} at ${page.url()} ${page.problems.join(' ')}`)
      } catch {
        // the page is gone already
      }
    }
  }

  async closePages() {
    await Promise.all(this.contexts.map((context) => context.close()))
    this.contexts = []
    this.pages = []
  }

  async stop() {
    await this.browser?.close()
    if (this.server && this.server.exitCode === null) {
      const ended = new Promise((resolve) => this.server.once('exit', resolve))
      this.server.kill('SIGTERM')
      await ended
    }
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

export function assert(condition, message) {
  if (!condition) throw new Error(message)
}

/** Takes a ticket in and plans a visit of this engineer for it, in a window that has not passed. */
export async function planVisit(admin, ticket, engineer, more = {}) {
  await admin.post(`/ticket/${ticket.id}/triage`, { team: engineer.unit.id })
  const hour = 3_600_000
  return admin.post('/visit', {
    ticket: ticket.id,
    place: 'on_site',
    window_start: new Date(Date.now() - hour).toISOString(),
    window_end: new Date(Date.now() + hour).toISOString(),
    team: engineer.unit.id,
    engineer: engineer.id,
    ...more,
  })
}
