// What the entries of a Vite manifest pull in before they can run; used by check_build.mjs.

/** The files of the given manifest keys and of everything they import statically, each once. */
export function staticImports(manifest, keys) {
  const files = new Map();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || files.has(key)) return;
    files.set(key, chunk.file);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return [...new Set(files.values())];
}

export function heaviest(rows) {
  return rows.reduce((most, row) => (row.bytes > most.bytes ? row : most));
}
