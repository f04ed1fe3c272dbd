import { postgres } from '@parley/plugin-postgres';
import { storageContract } from '@parley/testing/contracts';
import { dropSchema, findServer, newSchema } from '../../../test/postgres/support/server.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';

const { need, url } = await findServer();

suiteNeeding(need, 'PostgreSQL', () => {
  storageContract('PostgreSQL', () => {
    const schema = newSchema();
    return {
      create: () => postgres({ url, schema }),
      dispose: () => dropSchema(url, schema),
    };
  });
});
