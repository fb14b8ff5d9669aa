// Draws the PNG icons of the installed app from public/icon.svg: node apps/field/make_icons.mjs
// Run by hand after the drawing changed; needs Chromium (CHROMIUM, else /usr/bin/chromium).
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const folder = fileURLToPath(new URL('public/', import.meta.url));
const drawing = readFileSync(`${folder}icon.svg`, 'utf8');
// launchers cut a maskable icon to their own shape: colour to the edge, the sign within 80 %
const maskable = drawing
  .replace('rx="14"', '')
  .replace('viewBox="0 0 64 64"', 'viewBox="-8 -8 80 80" style="background:#0f766e"');
const icons = [
  ['icon-192.png', 192, drawing],
  ['icon-512.png', 512, drawing],
  ['icon-180.png', 180, maskable],
  ['icon-maskable-512.png', 512, maskable],
];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const [name, size, svg] of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const style = `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>`;
    await page.setContent(style + svg);
    writeFileSync(folder + name, await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
