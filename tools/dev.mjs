// See bin/dev: builds the server, runs it, and does both again when a source file changed.
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const listen = process.env.HOUGU_LISTEN ?? '127.0.0.1:8080';
const data = process.env.HOUGU_DATA ?? join(root, 'data', 'dev');

const say = (text) => console.log(`\n[dev] ${text}`);
const start = (program, args, options = {}) =>
  spawn(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
const ended = (child) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((done) => child.once('exit', done));

let server = null;
let stopping = false;

async function stopServer() {
  if (!server) return;
  const old = server;
  server = null;
  old.kill('SIGTERM');
  await ended(old);
}

async function rebuild() {
  say('building the server');
  const code = await ended(start(join(root, 'bin', 'build'), ['hougu']));
  if (stopping) return;
  if (code !== 0) {
    say('the build failed; the old server goes on. Waiting for a change.');
    return;
  }
  await stopServer();
  if (stopping) return;
  server = start(join(root, 'build', 'test', 'hougu'), [
    'serve', '--demo', '--listen', listen, '--data', data,
  ]);
  const mine = server;
  mine.once('exit', (exit) => {
    if (server === mine) {
      server = null;
      say(`the server ended with ${exit}. Waiting for a change.`);
    }
  });
}

// Changes come in bursts; one build at a time, and one more when something changed meanwhile.
let timer = null;
let building = false;
let again = false;
async function changed() {
  if (building) {
    again = true;
    return;
  }
  building = true;
  do {
    again = false;
    await rebuild();
  } while (again && !stopping);
  building = false;
}
for (const folder of ['server', 'packs', 'cmake']) {
  if (!existsSync(join(root, folder))) continue;
  watch(join(root, folder), { recursive: true }, (_, file) => {
    if (!file || /(^|\/)\.|~$|\.sw.$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, 200);
  });
}

const pages = existsSync(join(root, 'web', 'package.json'))
  ? start('npm', ['--prefix', 'web', 'run', 'dev', '--', process.argv[2] ?? 'desk'], {
      env: { ...process.env, HOUGU_DEV_SERVER: `http://${listen}` },
    })
  : null;

async function end() {
  if (stopping) return;
  stopping = true;
  pages?.kill('SIGTERM');
  await stopServer();
  process.exit(0);
}
process.on('SIGINT', end);
process.on('SIGTERM', end);
await changed();
