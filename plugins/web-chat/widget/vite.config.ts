import { defineConfig } from 'vite';

/** One script that a page loads by a line: no module, so that it knows the element that it was loaded by. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    target: 'es2022',
    outDir: '../dist/page',
    emptyOutDir: true,
    lib: { entry: 'src/main.ts', formats: ['iife'], name: 'parleyChat', fileName: () => 'chat.js' },
  },
});
