import { defineConfig, mergeConfig } from 'vite';
import { appConfig } from '../../vite.shared.ts';

// The manifest tells check_build.mjs which scripts a page needs before its first paint.
export default defineConfig(
  mergeConfig(appConfig('portal', { base: '/' }), {
    build: { manifest: true, assetsInlineLimit: 0 },
  }),
);
