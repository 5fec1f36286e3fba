import { defineConfig } from 'vite';

/** The bundle lands inside the Python package, so that the wheel carries it. */
export default defineConfig({
  base: './',
  build: {
    outDir: '../src/hoshimori/web/console',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': process.env['HOSHIMORI_SERVER'] ?? 'http://127.0.0.1:8600' } },
});
