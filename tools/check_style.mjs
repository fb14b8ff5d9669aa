// The style checks that no formatter makes; see bin/tidy. Each check lists what is wrong by place.
//   node tools/check_style.mjs [--ratchet]    --ratchet keeps better sizes as the new limits
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const list = (...flags) =>
  execFileSync('git', ['-C', root, 'ls-files', '-z', ...flags], { maxBuffer: 1 << 28 })
    .toString('utf8')
    .split('\0')
    .filter(Boolean);
const files = [...new Set([...list(), ...list('--others', '--exclude-standard')])]
  .filter((file) => existsSync(join(root, file)))
  .sort();
const texts = new Map();
function text(file) {
  if (!texts.has(file)) texts.set(file, readFileSync(join(root, file), 'utf8'));
  return texts.get(file);
}

const isCpp = (file) => /^(server|tests)\/.*\.(cc|h)$/.test(file);
const isScript = (file) => /^(web|tests|tools)\/.*\.(ts|tsx|mts|js|mjs|css)$/.test(file);
const isShell = (file) => /^(bin|tools|\.ci)\//.test(file) && /^#!.*\bbash/.test(text(file));
const isTest = (file) =>
  file.startsWith('tests/') || /(_test(_support)?\.cc|\.(test|spec)\.tsx?)$/.test(file);

// tools/style_exceptions.txt: "CHECK PATH-PREFIX  # why"
const exceptions = text('tools/style_exceptions.txt')
  .split('\n')
  .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
  .filter((words) => words.length === 2);
const excepted = (check, file) =>
  exceptions.some(([name, prefix]) => name === check && file.startsWith(prefix));

// The same number of lines, comments blanked. Strings are kept (and protect what's in them).
function withoutComments(source) {
  const parts =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|R"(\w*)\([\s\S]*?\)\1"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
  return source.replace(parts, (part) =>
    part.startsWith('//') || part.startsWith('/*') ? part.replace(/[^\n]/g, ' ') : part,
  );
}

function eachLine(file, source, pattern, say) {
  source.split('\n').forEach((line, index) => {
    const match = pattern.exec(line);
    if (match) say(`${file}:${index + 1}: ${match[0].trim().slice(0, 80)}`);
  });
}

const checks = {
  'no unfinished work left in comments'(say) {
    const pattern = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].map((w) => `\\b${w}\\b`).join('|'));
    for (const file of files) {
      if (isCpp(file) || isScript(file) || isShell(file)) eachLine(file, text(file), pattern, say);
    }
  },
  'no "any" and no silenced type errors in TypeScript'(say) {
    const pattern = /(?::|\bas|<|\||,|extends)\s*any\b(?!\w)|@ts-(ignore|nocheck)/;
    for (const file of files) {
      if (/\.tsx?$/.test(file) && file.startsWith('web/') && !file.endsWith('.d.ts')) {
        // string contents out: a text may say "any"
        const source = text(file).includes('@ts-') ? text(file) : withoutComments(text(file));
        eachLine(file, source.replace(/(['"])(?:(?!\1)[^\\\n]|\\.)*\1/g, '""'), pattern, say);
      }
    }
  },
  'no Chinese text in code (message files hold it)'(say) {
    for (const file of files) {
      if (!(isCpp(file) || isScript(file)) || isTest(file) || /\/messages\//.test(file)) continue;
      if (excepted('chinese', file)) continue;
      eachLine(file, withoutComments(text(file)), /[\u3400-\u9fff].*/u, say);
    }
  },
  'no folder called utils, common, helpers or misc'(say) {
    const folders = new Set(files.map((file) => dirname(file)));
    for (const folder of folders) {
      if (/(^|\/)(utils?|common|helpers?|misc)(\/|$)/i.test(folder)) say(folder);
    }
  },
  'message files have the same keys and placeholders in both languages'(say) {
    const flat = (value, at = '', out = new Map()) => {
      for (const [key, inner] of Object.entries(value)) {
        const path = at ? `${at}.${key}` : key;
        if (inner !== null && typeof inner === 'object') flat(inner, path, out);
        else out.set(path, String(inner));
      }
      return out;
    };
    // {name}, {{name}} and ICU's {count, plural, …} all begin with the name
    const names = (message) =>
      [...new Set([...message.matchAll(/\{\{?\s*(\w+)\s*(?=[,}])/g)].map((m) => m[1]))].sort().join();
    for (const file of files.filter((f) => /\.json$/.test(f) && /(^|[/.])zh-CN([/.])/.test(f))) {
      const other = file.replace(/(^|[/.])zh-CN([/.])/, '$1en$2');
      if (!files.includes(other)) {
        say(`${file}: there is no ${other}`);
        continue;
      }
      const [zh, en] = [file, other].map((f) => flat(JSON.parse(text(f))));
      // Chinese has one plural form, English two: "count_one" and "count_other" are one text.
      const plural = (key) => key.replace(/_(zero|one|two|few|many|other)$/, '');
      const has = (messages) => new Set([...messages.keys()].map(plural));
      const [inZh, inEn] = [has(zh), has(en)];
      for (const key of inZh) if (!inEn.has(key)) say(`${other}: lacks ${key}`);
      for (const key of inEn) if (!inZh.has(key)) say(`${file}: lacks ${key}`);
      for (const [key, message] of zh) {
        if (en.has(key) && names(message) !== names(en.get(key))) {
          say(`${file}: ${key}: placeholders differ from ${other}`);
        }
        if (!message.trim()) say(`${file}: ${key} is empty`);
      }
    }
  },
  'lock files name no registry'(say) {
    for (const file of files.filter((f) => basename(f) === 'package-lock.json')) {
      eachLine(file, text(file), /"resolved": "https?:.*/, say);
    }
  },
  'npm packages are pinned to one version'(say) {
    for (const file of files.filter((f) => basename(f) === 'package.json')) {
      const manifest = JSON.parse(text(file));
      for (const group of ['dependencies', 'devDependencies', 'optionalDependencies']) {
        for (const [name, version] of Object.entries(manifest[group] ?? {})) {
          const exact = /^(npm:(@?[^@]+)@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version);
          if (!exact && !/^(file:|workspace:)/.test(version) && version !== '*') {
            say(`${file}: ${name} ${version}`);
          }
        }
      }
    }
  },
  'every C++ header has #pragma once and says what it is'(say) {
    for (const file of files.filter((f) => /^server\/.*\.h$/.test(f))) {
      if (!text(file).includes('#pragma once')) say(`${file}: no #pragma once`);
      if (!text(file).startsWith('//')) say(`${file}: begins without a comment`);
    }
  },
  'sizes stay within tools/ratchet.json'(say) {
    const kept = JSON.parse(text('tools/ratchet.json'));
    const measured = sizes();
    const better = {};
    for (const [name, { value, least }] of Object.entries(measured)) {
      const limit = kept[name];
      if (least ? value < limit : value > limit) {
        say(`${name} is ${value}, and was ${least ? 'at least' : 'at most'} ${limit}${measured[name].where ?? ''}`);
      }
      better[name] = least ? Math.max(value, limit) : Math.min(value, limit);
    }
    if (process.argv.includes('--ratchet')) {
      writeFileSync(join(root, 'tools/ratchet.json'), `${JSON.stringify(better, null, 2)}\n`);
    }
  },
};

// clang-format puts a definition's first line at column 0 and its closing brace alone there.
function functionLengths(source) {
  const lengths = [];
  let start = -1;
  source.split('\n').forEach((line, index) => {
    if (/^[A-Za-z~].*\)( const| noexcept| override)*.* \{$/.test(line) && !/^(namespace|class|struct|enum|extern)\b/.test(line)) start = index;
    if (line === '}' && start >= 0) {
      lengths.push(index - start - 1);
      start = -1;
    }
  });
  return lengths;
}

function sizes() {
  const code = files.filter((f) => (/^server\/.*\.(cc|h)$/.test(f) || /^web\/.*\.tsx?$/.test(f)) && !isTest(f));
  const lines = code.map((file) => ({ file, lines: text(file).split('\n').length - 1 }));
  lines.sort((a, b) => b.lines - a.lines);
  const lengths = code.filter(isCpp).flatMap((file) => functionLengths(text(file)));
  const share = (values, limit) =>
    values.length === 0 ? 100 : Math.floor((100 * values.filter((v) => v <= limit).length) / values.length);
  return {
    longest_file_lines: { value: lines[0]?.lines ?? 0, where: lines[0] && ` (${lines[0].file})` },
    files_to_350_lines_percent: { value: share(lines.map((l) => l.lines), 350), least: true },
    functions_to_30_lines_percent: { value: share(lengths, 30), least: true },
  };
}

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const found = [];
  check((problem) => found.push(problem));
  console.log(`${found.length ? 'FAIL' : 'ok  '} ${name}`);
  for (const problem of found.slice(0, 40)) console.log(`     ${problem}`);
  if (found.length > 40) console.log(`     … and ${found.length - 40} more`);
  failed += found.length ? 1 : 0;
}
console.log(`checks ${Object.keys(checks).length - failed} ${failed}`);
process.exit(failed ? 1 : 0);
