// End-to-end: the real program with demo data, real Chromium. `node tests/e2e/run.mjs [FILTER…]`
//   --program FILE   the hougu to test (default build/release/hougu)
//   --images         copies the README's pictures to docs/images
// Writes build/results/e2e.json and the screenshots to build/screenshots.
import fs from 'node:fs'
import path from 'node:path'
import { World } from './world.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const options = { program: path.join(root, 'build/release/hougu'), images: false, filters: [] }
const args = process.argv.slice(2)
while (args.length > 0) {
  const arg = args.shift()
  if (arg === '--program') options.program = path.resolve(args.shift())
  else if (arg === '--images') options.images = true
  else options.filters.push(arg)
}

const suites = fs
  .readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.e2e.mjs'))
  .sort()
const world = await World.start(root, options)
let passed = 0
let failed = 0
try {
  for (const file of suites) {
    const { cases } = await import(path.join(import.meta.dirname, file))
    for (const [name, run] of Object.entries(cases)) {
      const title = `${file.replace('.e2e.mjs', '')}: ${name}`
      if (options.filters.length > 0 && !options.filters.some((f) => title.includes(f))) continue
      const begin = Date.now()
      try {
        await run(world)
        passed += 1
        console.log(`ok      ${title} (${Date.now() - begin} ms)`)
      } catch (error) {
        failed += 1
        console.log(`FAILED  ${title}\n${error.stack ?? error}`)
        await world.keepEvidence(title)
      } finally {
        await world.closePages()
      }
    }
  }
} finally {
  await world.stop()
}
fs.mkdirSync(path.join(root, 'build/results'), { recursive: true })
fs.writeFileSync(
  path.join(root, 'build/results/e2e.json'),
  `${JSON.stringify({ suite: 'e2e', passed, failed, skipped: 0 })}\n`,
)
console.log(`e2e: ${passed} passed, ${failed} failed`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
