import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
// @ts-expect-error a plain script of the build
import { providerIcons } from './build/provider-icons.mjs';

const suite = process.env['CONNECTIONS_URL'] ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react(), providerIcons()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  build: {
    outDir: 'target/resources',
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the page allows no data: scripts, and a picture is better cached than repeated.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': suite, '/ui': suite } },
  test: {
    environment: 'jsdom',
    globals: true,
    setupFiles: ['src/test-setup.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    // A busy machine is no failure.
    testTimeout: 20_000,
  },
});
