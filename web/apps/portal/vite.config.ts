import { defineConfig, mergeConfig, type Plugin } from 'vite';
import { appConfig } from '../../vite.shared.ts';

// The first script is small and asks for everything else; React, the largest part, needn't wait for it.
const early = new Set(['react', 'boot']);
const preloadReact: Plugin = {
  name: 'preload-react',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.values(bundle ?? {})
        .filter((file) => file.type === 'chunk' && early.has(file.name))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file.fileName}` },
          injectTo: 'head',
        })),
  },
};

// The manifest tells check_build.mjs which scripts a page needs before its first paint.
export default defineConfig(
  mergeConfig(appConfig('portal', { base: '/', plugins: [preloadReact] }), {
    // any customer's phone, also one of 2020
    build: { manifest: true, assetsInlineLimit: 0, target: ['chrome80', 'safari13.1'] },
  }),
);
