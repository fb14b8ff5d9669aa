import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { appConfig } from '../../vite.shared.ts';
import { manifest } from './manifest.ts';

// The shell is kept on the phone as one release: a new one is fetched whole beside it and takes over only
// when the person says so, so that no page mixes two. Data is src/kept's: the worker never touches /api.
const pwa = VitePWA({
  registerType: 'prompt',
  injectRegister: null,
  manifest,
  workbox: {
    // the other apps' texts, which this one never asks for
    globIgnores: ['**/{desk,studio,portal}-*.js'],
    globPatterns: ['**/*.{js,css,html,svg,png}'],
    navigateFallback: '/field/index.html',
    navigateFallbackAllowlist: [/^\/field(\/|$)/],
    cleanupOutdatedCaches: true,
    // the very first visit needs no second one before the pages that load later are there offline
    clientsClaim: true,
    maximumFileSizeToCacheInBytes: 4_000_000,
  },
});

export default defineConfig(appConfig('field', { base: '/field/', plugins: [pwa] }));
