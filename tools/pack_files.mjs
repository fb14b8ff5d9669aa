// See tools/pack_files.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const out = resolve(process.argv[2] ?? '');
if (!process.argv[2]) {
  console.error('usage: tools/pack_files OUT_FOLDER');
  process.exit(2);
}
const cache = join(root, '.tools', 'compressed');
mkdirSync(cache, { recursive: true });
mkdirSync(out, { recursive: true });

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
  '.pdf': 'application/pdf',
};
const compressible = /^(text\/|application\/(json|manifest|xml|wasm)|image\/svg|font\/ttf)/;

// Byte order, as the program's search compares.
const byBytes = (a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: file.slice(folder.length + 1).replaceAll('\\', '/') }))
    .sort(byBytes);
}

// Strong compression of the same bytes is done once per checkout.
const used = new Set();
function compressed(bytes, hash, kind) {
  used.add(`${hash}.${kind}`);
  const kept = join(cache, `${hash}.${kind}`);
  if (existsSync(kept)) return readFileSync(kept);
  const small =
    kind === 'gz'
      ? gzipSync(bytes, { level: 9 })
      : brotliCompressSync(bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          },
        });
  const result = small.length < bytes.length * 0.95 ? small : Buffer.alloc(0);
  writeFileSync(kept, result);
  return result;
}

const chunks = [];
let offset = 0;
function add(bytes) {
  const at = offset;
  chunks.push(bytes);
  offset += bytes.length;
  return `{at + ${at}, ${bytes.length}}`;
}
// A C++ string literal of any UTF-8 text: everything unusual as octal.
const literal = (text) =>
  `"${[...Buffer.from(text)]
    .map((byte) =>
      byte >= 32 && byte < 127 && byte !== 34 && byte !== 92 && byte !== 63
        ? String.fromCharCode(byte)
        : `\\${byte.toString(8).padStart(3, '0')}`,
    )
    .join('')}"`;

const assets = filesUnder(join(root, 'web', 'dist')).map(({ file, path }) => {
  const bytes = readFileSync(file);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const type = types[extname(path).toLowerCase()] ?? 'application/octet-stream';
  const squeeze = compressible.test(type) && bytes.length > 200;
  const none = Buffer.alloc(0);
  const immutable = /(^|\/)assets\/[^/]*[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/.test(path);
  const parts = [bytes, squeeze ? compressed(bytes, hash, 'gz') : none,
    squeeze ? compressed(bytes, hash, 'br') : none].map(add);
  return `    {${literal(path)}, ${literal(type)}, ${literal(`"${hash}"`)},\n     ${parts.join(', ')}, ${immutable}},`;
});

if (used.size > 0) {
  for (const name of readdirSync(cache)) if (!used.has(name)) rmSync(join(cache, name));
}

const packs = filesUnder(join(root, 'packs')).map(
  ({ file, path }) => `    {${literal(path)}, ${add(readFileSync(file))}},`,
);

// Data that the server carries beside its sources: messages, tables of regions and the like.
const resources = filesUnder(join(root, 'server'))
  .filter(({ path }) => !/\.(cc|h|md)$/.test(path))
  .map(({ file, path }) => `    {${literal(path)}, ${add(readFileSync(file))}},`);

function table(type, name, rows) {
  if (rows.length === 0) return `std::span<const ${type}> ${name}() { return {}; }`;
  return `std::span<const ${type}> ${name}() {
  const char* const at = hougu_packed_bytes;
  static const ${type} entries[] = {
${rows.join('\n')}
  };
  return entries;
}`;
}

function writeIfChanged(name, bytes) {
  const file = join(out, name);
  if (existsSync(file) && readFileSync(file).equals(Buffer.from(bytes))) return false;
  writeFileSync(file, bytes);
  return true;
}

const blob = Buffer.concat(chunks);
writeIfChanged('packed.bin', blob);
// The hash makes the assembler file change with the bytes that it takes in.
writeIfChanged(
  'packed.S',
  `// ${createHash('sha256').update(blob).digest('hex')}
    .section .rodata
    .global hougu_packed_bytes
    .balign 16
hougu_packed_bytes:
    .incbin "${join(out, 'packed.bin')}"
    .byte 0
    .section .note.GNU-stack,"",%progbits
`,
);
writeIfChanged(
  'packed_tables.cc',
  `// Written by tools/pack_files; not for editing.
#include "app/packed_tables.h"

extern "C" const char hougu_packed_bytes[];

namespace hougu::app {

${table('WebAsset', 'packed_web_assets', assets)}

${table('PackFile', 'packed_pack_files', packs)}

${table('PackFile', 'packed_resources', resources)}

}  // namespace hougu::app
`,
);
