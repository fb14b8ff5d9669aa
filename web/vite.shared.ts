// One Vite configuration for every app: base path, output folder, chunks, proxy to a running server.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { PluginOption, UserConfig } from 'vite';

const web = fileURLToPath(new URL('.', import.meta.url));
const server = process.env.HOUGU_DEV_SERVER ?? 'http://127.0.0.1:8080';
const ports: Record<string, number> = { desk: 5173, studio: 5174, field: 5175, portal: 5176 };

export interface AppOptions {
  /** Path the app is served from, with slashes at both ends. */
  base: string;
  plugins?: PluginOption[];
}

export function appConfig(
  name: 'desk' | 'studio' | 'field' | 'portal',
  options: AppOptions,
): UserConfig {
  return {
    root: `${web}apps/${name}`,
    base: options.base,
    plugins: [react(), ...(options.plugins ?? [])],
    server: {
      port: ports[name],
      strictPort: true,
      proxy: { '/api': { target: server, changeOrigin: false } },
    },
    build: {
      outDir: `${web}dist/${name}`,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 1600,
      rolldownOptions: {
        output: {
          // Libraries change less often than our pages: they keep their cached files over a release.
          codeSplitting: {
            groups: [
              {
                name: 'react',
                test: /node_modules\/(react|react-dom|scheduler|react-router)\//,
                priority: 3,
              },
              {
                name: 'antd',
                test: /node_modules\/(antd|@ant-design|@rc-component)\//,
                priority: 2,
              },
              { name: 'data', test: /node_modules\/(@tanstack|dexie|i18next)\//, priority: 2 },
            ],
          },
        },
      },
    },
  };
}
