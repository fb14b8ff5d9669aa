// Runs the GoogleTest programs of build/test, two at a time, and adds up their cases.
//   node tools/unit_tests.mjs RESULT_FILE [FOLDER…]     FOLDER as in server/: store, service/tickets
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const build = join(root, 'build', 'test');
const results = join(root, 'build', 'results', 'gtest');
const [resultFile, ...wanted] = process.argv.slice(2);
const limitMs = 900_000;

const listed = JSON.parse(
  execFileSync('ctest', ['--test-dir', build, '--show-only=json-v1'], { maxBuffer: 1 << 26 }),
);
const tests = listed.tests
  .map((test) => ({ name: test.name, program: test.command?.[0] ?? join(build, `test_${test.name}`) }))
  .filter(({ name }) => wanted.length === 0 || wanted.some((w) => w.replaceAll('/', '_') === name));
if (tests.length === 0) {
  console.error(`unit: no test program${wanted.length ? ` for ${wanted.join(' ')}` : ''}`);
  process.exit(1);
}
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };

function countCases(file) {
  const counts = { passed: 0, failed: 0, skipped: 0, names: [] };
  for (const suite of JSON.parse(readFileSync(file, 'utf8')).testsuites) {
    for (const one of suite.testsuite) {
      if (one.failures?.length) {
        counts.failed++;
        counts.names.push(`${suite.name}.${one.name}`);
      } else if (one.result === 'SKIPPED' || one.status === 'NOTRUN') counts.skipped++;
      else counts.passed++;
    }
  }
  return counts;
}

function finish({ name }, code, output, seconds) {
  const file = join(results, `${name}.json`);
  let counts = { passed: 0, failed: 0, skipped: 0, names: [] };
  try {
    if (existsSync(file)) counts = countCases(file);
  } catch {
    counts.names.push('(its result file is broken)');
  }
  // A program that died (or found a leak at its end) has failed whatever its cases said.
  if (code !== 0 && counts.failed === 0) {
    counts.failed = 1;
    counts.names.push(`(the program ended with ${code})`);
  }
  if (code === 0 && counts.passed + counts.skipped === 0) {
    counts.failed = 1;
    counts.names.push('(it ran no test)');
  }
  for (const key of Object.keys(total)) total[key] += counts[key];
  const word = counts.failed ? 'FAIL' : 'ok  ';
  console.log(
    `${word} ${name.padEnd(24)} ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds.toFixed(1)} s)`,
  );
  if (counts.failed) {
    const log = join(results, `${name}.log`);
    writeFileSync(log, output);
    for (const failed of counts.names) console.log(`     ${failed}`);
    console.log(output.slice(-12_000).replace(/^/gm, '     | '));
    console.log(`     whole output: ${log.slice(root.length + 1)}`);
  }
}

function run(test) {
  return new Promise((done) => {
    const began = Date.now();
    const child = spawn(test.program, [`--gtest_output=json:${join(results, `${test.name}.json`)}`], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ASAN_OPTIONS: 'detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=0',
        UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
        LSAN_OPTIONS: `suppressions=${join(root, 'tools', 'leaks_of_libraries.txt')}:print_suppressions=0`,
      },
    });
    let output = '';
    const take = (bytes) => {
      output = (output + bytes).slice(-4_000_000);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limitMs);
    const end = (code) => {
      clearTimeout(timer);
      finish(test, late ? `no answer in ${limitMs / 1000} s` : code, output, (Date.now() - began) / 1000);
      done();
    };
    child.on('error', (error) => {
      output += `${error}`;
      end('could not start');
    });
    child.on('close', (code, signal) => end(code ?? signal));
  });
}

const queue = [...tests];
const worker = async () => {
  while (queue.length) await run(queue.shift());
};
await Promise.all(Array.from({ length: Math.min(2, cpus().length) }, worker));
writeFileSync(resultFile, `${JSON.stringify({ suite: 'unit', ...total })}\n`);
process.exit(total.failed ? 1 : 0);
