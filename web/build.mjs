// Type-checks and builds the apps into dist/<app>: npm run build [-- app…]
import { existsSync } from 'node:fs';
import { apps, run, web } from './parts.mjs';

for (const app of apps(process.argv.slice(2))) {
  console.log(`== ${app}`);
  const folder = `apps/${app}`;
  if (!run('tsc', ['-p', folder])) process.exit(1);
  if (!run('vite', ['build', folder, '--config', `${folder}/vite.config.ts`])) process.exit(1);
  // An app may hold a check of what was built (apps/portal: its budget of script).
  if (existsSync(`${web}${folder}/check_build.mjs`)) await import(`./${folder}/check_build.mjs`);
}
