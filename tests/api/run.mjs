// API scenarios against the real program, each file with a server and a database of its own.
//   node tests/api/run.mjs [--server BINARY] [--postgres URL] [NAME…]
// NAME picks tests/api/NAME.scenario.mjs. Writes build/results/api.json.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Scenario } from './scenario.mjs';
import { startServer } from './server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..', '..');
const options = { server: join(root, 'build', 'test', 'hougu'), postgres: null, names: [] };
for (let i = 2; i < process.argv.length; i++) {
  const argument = process.argv[i];
  if (argument === '--server') options.server = resolve(process.argv[++i]);
  else if (argument === '--postgres') options.postgres = process.argv[++i];
  else options.names.push(argument);
}
const files = readdirSync(here)
  .filter((name) => name.endsWith('.scenario.mjs'))
  .filter((name) => !options.names.length || options.names.includes(name.replace('.scenario.mjs', '')))
  .sort();
if (!files.length) {
  console.error('api: no such scenario');
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of files) {
  const began = Date.now();
  const name = file.replace('.scenario.mjs', '');
  const { default: declare } = await import(join(here, file));
  const scenario = new Scenario(name);
  declare(scenario);
  let server = null;
  try {
    server = await startServer(options, scenario.options);
    const { passed, failures } = await scenario.run(server);
    total.passed += passed;
    total.failed += failures.length;
    const word = failures.length ? 'FAIL' : 'ok  ';
    console.log(`${word} ${name.padEnd(16)} ${passed} passed, ${failures.length} failed (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    for (const { title, error } of failures) console.log(`     ${title}\n${String(error.stack ?? error).replace(/^/gm, '       ')}`);
    const ended = await server.stop();
    if (ended !== null) {
      total.failed++;
      console.log(`FAIL ${name}: the server ended with ${ended}\n${server.log().slice(-6000).replace(/^/gm, '     | ')}`);
    } else if (failures.length) {
      console.log(server.errors().replace(/^/gm, '     | '));
    }
  } catch (error) {
    total.failed++;
    console.log(`FAIL ${name}: ${error.stack ?? error}`);
    await server?.stop();
  }
}
mkdirSync(join(root, 'build', 'results'), { recursive: true });
writeFileSync(join(root, 'build', 'results', 'api.json'), `${JSON.stringify({ suite: 'api', ...total })}\n`);
console.log(`api${options.postgres ? ' (PostgreSQL)' : ' (SQLite)'}: ${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed ? 1 : 0);
