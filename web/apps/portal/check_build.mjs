// Holds the portal to its budget: the gzipped script that a page needs before it can draw, for each
// page, with its texts. Run after the build; fails above the limit.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { heaviest, staticImports } from './src/budget.mjs';

const limitKb = 120;
const dist = fileURLToPath(new URL('../../dist/portal/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'));
const size = (file) => gzipSync(readFileSync(dist + file), { level: 9 }).length;

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const boot = Object.keys(manifest).find((key) => key.endsWith('app/boot.tsx'));
const pages = Object.keys(manifest).filter((key) => /_page\.tsx$/.test(key));
const texts = Object.keys(manifest).filter((key) => /messages\/.*\/portal\.json$/.test(key));
if (!entry || !boot || pages.length !== 4 || texts.length !== 2) {
  throw new Error(
    `the portal's build looks different from what its budget measures: ${Object.keys(manifest)}`,
  );
}
const rows = pages.map((page) => {
  const both = texts.map((text) => {
    const files = staticImports(manifest, [entry, boot, page, text]).filter((file) =>
      file.endsWith('.js'),
    );
    return { files: files.length, bytes: files.reduce((sum, file) => sum + size(file), 0) };
  });
  return { page: page.replace(/^.*\//, '').replace('_page.tsx', ''), ...heaviest(both) };
});
for (const { page, files, bytes } of rows) {
  console.log(
    `portal ${page}: ${(bytes / 1024).toFixed(1)} KB of gzipped script in ${files} files`,
  );
}
const styles = readdirSync(`${dist}assets`).filter((file) => file.endsWith('.css'));
const css = styles.reduce((sum, file) => sum + size(`assets/${file}`), 0);
console.log(`portal styles: ${(css / 1024).toFixed(1)} KB gzipped`);
// it has served its purpose; the program need not carry it
rmSync(`${dist}.vite`, { recursive: true });
const most = heaviest(rows);
console.log(
  `portal before first paint: ${(most.bytes / 1024).toFixed(1)} KB (limit ${limitKb} KB)`,
);
if (most.bytes > limitKb * 1024) {
  console.error(
    `The ${most.page} page of the portal needs more script than ${limitKb} KB before it can draw.`,
  );
  process.exit(1);
}
