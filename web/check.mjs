// Type-checks everything and lints: npm run check [-- app-or-package…]

import { existsSync } from 'node:fs';
import { apps, packages, run, web } from './parts.mjs';

const wanted = process.argv.slice(2);
const folders = [
  ...packages().map((p) => `packages/${p}`),
  ...apps([]).map((a) => `apps/${a}`),
].filter((folder) => wanted.length === 0 || wanted.includes(folder.split('/')[1]));
let good = wanted.length > 0 || run('tsc', ['-p', '.']);
for (const folder of folders) {
  if (existsSync(`${web}${folder}/tsconfig.json`) && !run('tsc', ['-p', folder])) good = false;
}
if (!run('biome', ['check', ...(wanted.length > 0 ? folders : ['.'])])) good = false;
process.exit(good ? 0 : 1);
