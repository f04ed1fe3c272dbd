// Runs one function of writer.ts in a process of its own, from the sources as the tests do: node child.js write <file>
import { runnerImport } from 'vite';

const [, , name, file] = process.argv;
const conditions = ['parley-source', 'node', 'import', 'default'];
const { module } = await runnerImport(new URL('./writer.ts', import.meta.url).pathname, {
  configFile: false,
  logLevel: 'error',
  resolve: { conditions, noExternal: [/^@parley\//] },
  ssr: { noExternal: [/^@parley\//], resolve: { conditions, externalConditions: conditions } },
});
await module[name](file);
