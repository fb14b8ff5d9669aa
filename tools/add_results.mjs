// Adds up build/results/*.json ({"suite", "passed", "failed", "skipped"}) and prints the total.
//   node tools/add_results.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const total = { passed: 0, failed: 0, skipped: 0 };
const counted = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')).sort()) {
  const result = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  for (const key of Object.keys(total)) {
    if (!Number.isInteger(result[key]) || result[key] < 0) throw new Error(`${file}: bad "${key}"`);
    total[key] += result[key];
  }
  counted.push(result);
}
console.log('');
for (const { suite, passed, failed, skipped } of counted) {
  console.log(`${failed ? 'FAIL' : 'ok  '} ${suite}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
