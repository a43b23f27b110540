import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

/**
 * Builds the dashboard into dist/client, which the server serves.
 *
 * The page runs under a strict content security policy: no inline script, no inline style, everything from our own
 * origin. So nothing is inlined as a data address and no polyfill script is put into the page.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
  },
});
