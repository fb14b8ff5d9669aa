import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { appConfig } from '../../vite.shared.ts';
import { manifest } from './manifest.ts';

// The shell is kept on the phone; data is not: the worker never touches /api.
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
    maximumFileSizeToCacheInBytes: 4_000_000,
  },
});

export default defineConfig(appConfig('field', { base: '/field/', plugins: [pwa] }));
