// The apps and packages of this workspace, and a way to run its tools.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const web = fileURLToPath(new URL('.', import.meta.url));

/** Apps that have an index.html, by name; `wanted` (an empty list means all) picks some. */
export function apps(wanted) {
  const found = readdirSync(`${web}apps`).filter((name) =>
    existsSync(`${web}apps/${name}/index.html`),
  );
  for (const name of wanted) {
    if (!found.includes(name))
      throw new Error(`There is no app called ${name}; there are ${found.join(', ')}.`);
  }
  return wanted.length > 0 ? wanted : found;
}

export function packages() {
  return readdirSync(`${web}packages`).filter((name) =>
    existsSync(`${web}packages/${name}/tsconfig.json`),
  );
}

/** Runs a program of node_modules/.bin; answers whether it ended well. */
export function run(program, args) {
  const { status } = spawnSync(`${web}node_modules/.bin/${program}`, args, {
    cwd: web,
    stdio: 'inherit',
  });
  return status === 0;
}
