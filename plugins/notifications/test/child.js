// Runs one function of sending.ts in a process of its own, from the sources as the tests do: node child.js send <folder>
import { runnerImport } from 'vite';

const [, , name, folder] = process.argv;
const conditions = ['parley-source', 'node', 'import', 'default'];
const { module } = await runnerImport(new URL('./sending.ts', import.meta.url).pathname, {
  configFile: false,
  logLevel: 'error',
  resolve: { conditions, noExternal: [/^@parley\//] },
  ssr: { noExternal: [/^@parley\//], resolve: { conditions, externalConditions: conditions } },
});
await module[name](folder);
