// Serves one app with hot reload: npm run dev [-- app]; the API comes from HOUGU_DEV_SERVER.
import { apps, run } from './parts.mjs';

const [app = 'desk'] = process.argv.slice(2);
apps([app]);
process.exit(run('vite', [`apps/${app}`, '--config', `apps/${app}/vite.config.ts`]) ? 0 : 1);
