import { fileURLToPath } from 'node:url';

/** Where the built console is: `index.html`, with `assets` beside it under names that change with what is in them. */
export const directory = fileURLToPath(new URL('./dist', import.meta.url));
