// See tools/check_layers. Server: the ranks of layers.txt. Web: apps never import each other,
// features of an app never import each other, packages never import apps.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const problems = [];
let checked = 0;

function filesUnder(folder, pattern) {
  const found = [];
  const walk = (at) => {
    if (!existsSync(at)) return;
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (entry.name === 'node_modules' || entry.name === 'dist') continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (pattern.test(entry.name)) found.push(relative(root, path));
    }
  };
  walk(join(root, folder));
  return found.sort();
}

function readRules() {
  const rules = { rank: new Map(), inside: new Map(), only: [] };
  readFileSync(join(root, 'layers.txt'), 'utf8')
    .split('\n')
    .forEach((raw, index) => {
      const line = raw.replace(/#.*/, '').trim();
      if (!line) return;
      const rank = /^rank (\d+) (.+)$/.exec(line);
      const inside = /^inside (\S+): (.+)$/.exec(line);
      const only = /^only (\S+) in (\.cc of )?(.+)$/.exec(line);
      if (rank) {
        for (const folder of rank[2].split(/\s+/)) rules.rank.set(folder, Number(rank[1]));
      } else if (inside) {
        const parts = new Map();
        inside[2].split('<').forEach((step, place) => {
          for (const part of step.replace(/[{}]/g, ' ').trim().split(/\s+/)) parts.set(part, place);
        });
        rules.inside.set(inside[1], parts);
      } else if (only) {
        rules.only.push({ library: only[1], hidden: Boolean(only[2]), folders: only[3].split(/\s+/) });
      } else {
        problems.push(`layers.txt:${index + 1}: not understood: ${raw}`);
      }
    });
  return rules;
}

function checkServer(rules) {
  for (const file of filesUnder('server', /\.(h|cc)$/)) {
    const [, folder, part] = file.split('/');
    const rank = rules.rank.get(folder);
    if (rank === undefined) {
      problems.push(`${file}: layers.txt gives folder ${folder} no rank`);
      continue;
    }
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .forEach((line, index) => {
        const include = /^\s*#\s*include\s+([<"])([^>"]+)[>"]/.exec(line);
        if (!include) return;
        checked++;
        const at = `${file}:${index + 1}`;
        const target = include[2];
        if (include[1] === '<') {
          for (const { library, hidden, folders } of rules.only) {
            const meant = target === library || target.startsWith(`${library}/`) ||
              target.startsWith(`${library}.`);
            if (!meant) continue;
            const home = folders.some((f) => file.startsWith(`server/${f}/`));
            if (!home || (hidden && file.endsWith('.h'))) {
              const who = `${hidden ? '.cc files of ' : ''}${folders.join(', ')}`;
              problems.push(`${at}: <${target}> may be included only by ${who}`);
            }
          }
          return;
        }
        const [other, otherPart] = target.split('/');
        const otherRank = rules.rank.get(other);
        if (otherRank === undefined || !target.includes('/')) {
          problems.push(`${at}: "${target}" is no path from server/ (or belongs in <>)`);
          return;
        }
        if (!existsSync(join(root, 'server', target))) {
          problems.push(`${at}: "${target}" does not exist`);
        }
        if (other === folder) {
          const parts = rules.inside.get(folder);
          if (!parts || part === otherPart || !target.slice(other.length + 1).includes('/')) return;
          const mine = parts.get(part);
          const its = parts.get(otherPart);
          if (mine !== undefined && its !== undefined && its >= mine) {
            problems.push(`${at}: ${folder}/${part} may not include ${folder}/${otherPart}`);
          }
          return;
        }
        if (otherRank >= rank) {
          const why = otherRank === rank ? 'its peer' : 'from above';
          problems.push(`${at}: ${folder} (rank ${rank}) may not include ${other} (rank ${otherRank}): ${why}`);
        }
      });
  }
}

// Where an import leads, as a path in the repository, or null for an npm package.
function resolved(file, wanted, packageNames) {
  if (wanted.startsWith('.')) return normalize(join(dirname(file), wanted));
  for (const [name, folder] of packageNames) {
    if (wanted === name || wanted.startsWith(`${name}/`)) {
      return join(folder, wanted.slice(name.length));
    }
  }
  return null;
}

function workspacePackages() {
  const names = new Map();
  for (const group of ['apps', 'packages']) {
    const folder = join(root, 'web', group);
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder)) {
      const manifest = join(folder, entry, 'package.json');
      if (existsSync(manifest)) {
        names.set(JSON.parse(readFileSync(manifest, 'utf8')).name, `web/${group}/${entry}`);
      }
    }
  }
  return names;
}

function checkWeb() {
  const packageNames = workspacePackages();
  const imports = /(?:^|[\s;}])(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
  for (const file of filesUnder('web', /\.(ts|tsx|mts|js|mjs)$/)) {
    const [, group, home] = file.split('/');
    if (group !== 'apps' && group !== 'packages') continue;
    const text = readFileSync(join(root, file), 'utf8');
    for (const match of text.matchAll(imports)) {
      checked++;
      const target = resolved(file, match[1] ?? match[2], packageNames);
      if (!target) continue;
      const at = `${file}:${text.slice(0, match.index + 1).split('\n').length}`;
      const [top, otherGroup, otherHome] = target.split('/');
      if (top !== 'web') problems.push(`${at}: imports from outside web/: ${target}`);
      if (otherGroup === 'apps' && group === 'packages') {
        problems.push(`${at}: a package may not import an app (${target})`);
      }
      if (otherGroup === 'apps' && group === 'apps' && otherHome !== home) {
        problems.push(`${at}: apps may not import each other (${target})`);
      }
      const mine = /^web\/apps\/[^/]+\/src\/features\/([^/]+)\//.exec(file);
      const its = /^web\/apps\/[^/]+\/src\/features\/([^/]+)/.exec(target);
      if (mine && its && otherHome === home && mine[1] !== its[1]) {
        problems.push(`${at}: features may not import each other (${target})`);
      }
    }
  }
}

checkServer(readRules());
checkWeb();
for (const problem of problems) console.error(problem);
console.log(`layers: ${checked} includes and imports checked, ${problems.length} against the rules`);
process.exit(problems.length ? 1 : 0);
