import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Served under any path: index.html has a `<base>` that the server writes, and everything else is relative to it. */
export default defineConfig({
  base: './',
  plugins: [react()],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
