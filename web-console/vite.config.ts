import { readFileSync, readdirSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

/** Whose code or data reach the browser; their licences travel with it. */
const BUNDLED = ['preact', '@preact/signals', '@preact/signals-core', 'three', 'satellite.js', 'world-atlas'];

function licences(): Plugin {
  return {
    name: 'licences',
    generateBundle() {
      const texts = BUNDLED.map((name) => {
        const folder = new URL(`node_modules/${name}/`, import.meta.url);
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
        if (file === undefined) throw new Error(`${name} has no licence file`);
        return `${name}\n\n${readFileSync(new URL(file, folder), 'utf8').trim()}\n`;
      });
      const source = ['Parts of others in this console, and their licences.\n', ...texts].join(`\n${'-'.repeat(72)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source });
    },
  };
}

/** The bundle lands inside the Python package, so that the wheel carries it. */
export default defineConfig({
  base: './',
  plugins: [licences()],
  build: {
    outDir: '../src/hoshimori/web/console',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': process.env['HOSHIMORI_SERVER'] ?? 'http://127.0.0.1:8720' } },
});
