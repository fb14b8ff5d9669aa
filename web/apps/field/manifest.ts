// What the phone shows and keeps when the app is installed.
import type { ManifestOptions } from 'vite-plugin-pwa';

export const manifest: Partial<ManifestOptions> = {
  name: 'Hougu Field',
  short_name: 'Hougu',
  description: 'Hougu for field engineers',
  lang: 'zh-CN',
  id: '/field/',
  start_url: '/field/',
  scope: '/field/',
  display: 'standalone',
  orientation: 'any',
  background_color: '#f4f5f7',
  theme_color: '#0f766e',
  icons: [
    { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};
