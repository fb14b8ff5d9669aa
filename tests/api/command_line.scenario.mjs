// The command line beside the running server.
import { ok, strictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { makeDatabase } from './server.mjs';

// One backup of each released version and kind of database; a version that changes tables adds its
// own and leaves these alone.
const backups = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/backups');

export default function commandLine(scenario) {
  // Runs a command on the server's own data; answers {code, out, err}.
  const run = (world, args, { input = '', data = world.server.data, database = world.server.databaseUrl } = {}) => {
    const done = spawnSync(world.server.binary, [...args, '--data', data, '--database', database], {
      input, encoding: 'utf8', timeout: 60_000, env: { ...process.env, LC_ALL: 'C', ASAN_OPTIONS: 'detect_leaks=0' } });
    return { code: done.status, out: done.stdout, err: done.stderr };
  };
  const good = (world, args, options) => {
    const done = run(world, args, options);
    strictEqual(done.code, 0, `${args.join(' ')}: ${done.out}${done.err}`);
    return done.out;
  };
  const folder = () => mkdtempSync(join(tmpdir(), 'hougu-cli.'));

  scenario.test('help, version and settings', async (world) => {
    ok(/^\d+\.\d+\.\d+\n$/.test(good(world, ['--version'])));
    const help = good(world, ['--help']);
    for (const command of ['serve', 'migrate', 'backup', 'restore', 'user', 'pack', 'check', 'demo', 'help']) ok(help.includes(command), command);
    ok(good(world, ['help', 'config']).includes('HOUGU_PUBLIC_URL'));
    strictEqual(run(world, []).code, 2);
    strictEqual(run(world, ['dance']).code, 2);
    strictEqual(run(world, ['serve', '--threads', 'many']).code, 2);
    strictEqual(run(world, ['check', '--config', '/no/such/file']).code, 2);
  });

  scenario.test('people are added, listed and given passwords', async (world) => {
    good(world, ['user', 'add', 'Li.Lei', '--name', 'Li Lei', '--role', 'agent'], { input: 'a good password\n' });
    await world.expectEvents(['user.created'], 'user add');
    await world.client().signIn('li.lei', 'a good password');
    ok(/^li\.lei\tLi Lei\tagent\tactive$/m.test(good(world, ['user', 'list'])));
    good(world, ['user', 'passwd', 'li.lei'], { input: 'a better password\n' });
    await world.forgetEvents();
    await world.client().signIn('li.lei', 'a better password');
    for (const [args, input] of [[['user', 'add', 'li.lei'], 'a good password\n'], [['user', 'add', 'x.y'], 'short\n'], [['user', 'add', 'x.y'], ''],
      [['user', 'add', 'x.y', '--role', 'ghost'], 'a good password\n'], [['user', 'passwd', 'nobody'], 'a good password\n']]) {
      const refused = run(world, args, { input });
      strictEqual(refused.code, 1, args.join(' '));
      ok(refused.err.startsWith('hougu: ') && !refused.err.includes('error.'), refused.err);
    }
  });

  scenario.test('a backup is made while the server works, never over a file, and comes back whole', async (world) => {
    const { admin } = world;
    const made = await admin.post('/customer', { name: 'In the backup', phone: '13800138000' }, { events: ['customer.created'] });
    const place = folder();
    const file = join(place, 'backup');
    const writing = (async () => {
      for (let i = 0; i < 20; i++) await admin.post('/customer', { name: `During ${i}`, phone: '13800138000' }, { events: 'any' });
    })();
    good(world, ['backup', file]);
    await writing;
    ok(existsSync(file));
    const again = run(world, ['backup', file]);
    strictEqual(again.code, 1);
    ok(/not overwritten/.test(again.err), again.err);
    if (world.server.kind === 'sqlite') {
      const other = join(place, 'other');
      const database = `sqlite:${join(place, 'restored.db')}`;
      good(world, ['restore', file], { data: other, database });
      strictEqual(run(world, ['restore', file], { data: other, database }).code, 1);
      good(world, ['check'], { data: other, database });
      const out = good(world, ['user', 'list'], { data: other, database });
      ok(/^admin\t/m.test(out), out);
    } else {
      strictEqual(run(world, ['restore', file]).code, 1); // this database isn't empty
    }
    strictEqual(run(world, ['restore', join(place, 'missing')], { data: join(place, 'x'), database: `sqlite:${join(place, 'x.db')}` }).code, 1);
    await admin.get(`/customer/${made.id}`);
    rmSync(place, { recursive: true });
  });

  scenario.test('backups of every earlier version come back, are brought up to date and are sound', async (world) => {
    const { kind, databaseUrl } = world.server;
    const names = readdirSync(backups).filter((name) => name.endsWith(`.${kind}.gz`));
    ok(names.length > 0);
    for (const name of names) {
      const place = folder();
      const file = join(place, 'backup');
      writeFileSync(file, gunzipSync(readFileSync(join(backups, name))));
      const own = kind === 'postgres' ? makeDatabase(databaseUrl) : { url: `sqlite:${join(place, 'old.db')}`, drop: () => {} };
      const old = { data: join(place, 'data'), database: own.url };
      good(world, ['restore', file], old);
      good(world, ['migrate'], old);
      ok(/nothing is wrong/.test(good(world, ['check'], old)), name);
      ok(/^admin\t/m.test(good(world, ['user', 'list'], old)), name);
      own.drop();
      rmSync(place, { recursive: true });
    }
  });

  scenario.test('a sound database passes the check', async (world) => {
    ok(/nothing is wrong/.test(good(world, ['check'])));
  });

  scenario.test('the pack goes out, is compared, changed and comes in again', async (world) => {
    const place = folder();
    const pack = join(place, 'pack');
    good(world, ['pack', 'export', pack]);
    ok(/no difference/.test(good(world, ['pack', 'diff', pack])));
    const path = join(pack, 'region', 'entity.json');
    const region = JSON.parse(readFileSync(path, 'utf8'));
    region.fields.push({ name: 'nickname', type: 'text', label: { 'zh-CN': '别名', en: 'Nickname' } });
    writeFileSync(path, JSON.stringify(region));
    ok(/nickname/.test(good(world, ['pack', 'diff', pack])));
    good(world, ['pack', 'install', pack]);
    await world.forgetEvents();
    ok(/no difference/.test(good(world, ['pack', 'diff', pack])));
    writeFileSync(path, '{"name":');
    strictEqual(run(world, ['pack', 'install', pack]).code, 1);
    strictEqual(run(world, ['pack', 'install', join(place, 'nothing')]).code, 1);
    rmSync(place, { recursive: true });
  });

  scenario.test('a second server is kept away from the file', async (world) => {
    if (world.server.kind !== 'sqlite') return;
    const second = run(world, ['serve', '--listen', '127.0.0.1:0']);
    strictEqual(second.code, 1);
    ok(/Another hougu/.test(second.err), second.err);
  });
}
