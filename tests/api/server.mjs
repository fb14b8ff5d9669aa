// One running hougu with an empty database: a temporary SQLite file, or a database of its own on the
// given PostgreSQL.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const startLimitMs = 60_000;

function psql(url, sql) {
  const done = spawnSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', sql], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`psql: ${done.error ?? done.stderr}`);
}

let databases = 0;
export function makeDatabase(url) {
  const name = `hougu_api_${process.pid}_${++databases}`;
  psql(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: String(own), drop: () => psql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

export async function startServer({ server: binary, postgres }, { arguments: extra = [] } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'hougu-api.'));
  const database = postgres ? makeDatabase(postgres) : null;
  const args = ['serve', '--listen', '127.0.0.1:0', '--data', data, ...extra];
  if (database) args.push('--database', database.url);
  const child = spawn(binary, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', UBSAN_OPTIONS: 'print_stacktrace=1', ASAN_OPTIONS: 'detect_leaks=0' },
  });
  let out = '';
  let log = '';
  let exit = null;
  child.stdout.on('data', (bytes) => { out += bytes; });
  child.stderr.on('data', (bytes) => { log += bytes; });
  const ended = new Promise((done) => child.on('close', (code, signal) => { exit = code ?? signal; done(); }));
  const address = await new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`no start within ${startLimitMs} ms\n${out}${log}`)), startLimitMs);
    const look = () => {
      const found = /serving on (http:\S+)/.exec(out);
      if (found) { clearTimeout(timer); done(found[1]); }
    };
    child.stdout.on('data', look);
    child.on('close', () => { clearTimeout(timer); failed(new Error(`it ended with ${exit}\n${out}${log.slice(-4000)}`)); });
  });
  return {
    address,
    data,
    databaseUrl: database?.url ?? `sqlite:${join(data, 'hougu.db')}`,
    binary,
    kind: postgres ? 'postgres' : 'sqlite',
    firstPassword: /with the password (\S+)/.exec(out)?.[1] ?? null,
    log: () => log,
    errors: () => log.split('\n').filter((line) => /"level":"(error|warning)"/.test(line)).join('\n'),
    // null when it ended as it should.
    async stop() {
      if (exit === null) child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
      await ended;
      clearTimeout(late);
      database?.drop();
      rmSync(data, { recursive: true, force: true });
      return exit === 0 ? null : exit;
    },
  };
}
