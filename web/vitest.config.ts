import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'happy-dom',
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}'],
    setupFiles: ['./test_setup.ts'],
    reporters: ['default', './result_reporter.ts'],
    restoreMocks: true,
  },
});
