import { describe, expect, it } from 'vitest';
import { openApi } from './openapi.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

const all = Object.entries(routes as Readonly<Record<string, Route>>);

describe('the routes', () => {
  it.each(all)('%s says what stands in its path, and nothing else', (name, { params }) => {
    const inPath = [...name.matchAll(/:(\w+)/g)].map(([, param]) => param);
    expect(Object.keys(params?.shape ?? {}).sort()).toEqual(inPath.sort());
  });

  it.each(all)('%s is in the audit log if it changes anything', (name, { audit }) => {
    if (!name.startsWith('GET ')) expect(audit).toMatch(/^[a-z]+\.[a-z-]+$/);
  });

  it.each(all)('%s takes what JSON can carry', (name, { body }) => {
    if (name.startsWith('GET ')) expect(body).toBeUndefined();
  });
});

describe('the OpenAPI document', () => {
  const { paths } = openApi({ version: '1.2.3' }) as {
    paths: Record<string, Record<string, { operationId: string; parameters: { name: string }[] }>>;
  };

  it('has every route once, with an id of its own', () => {
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(operations).toHaveLength(all.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(all.length);
  });

  it('names what a query takes', () => {
    const names = paths['/messages']?.get?.parameters.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['app', 'status', 'since', 'text', 'cursor', 'limit']));
  });

  it('is the file in docs/reference; run `npx vitest run packages/api -u` if not', async () => {
    const document = `${JSON.stringify(openApi({ version: '0.1.0' }), undefined, 2)}\n`;
    await expect(document).toMatchFileSnapshot('../../../docs/reference/openapi.json');
  });
});
