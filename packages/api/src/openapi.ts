import * as z from 'zod';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import { problem } from './schemas/common.ts';

type Json = Readonly<Record<string, unknown>>;

const CONTENT = {
  json: 'application/json',
  csv: 'text/csv',
  events: 'text/event-stream',
  bytes: '*/*',
  redirect: '*/*',
} as const;

/** The API as an OpenAPI 3.1 document. */
export function openApi({ version }: { readonly version: string }): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries(routes as Readonly<Record<string, Route>>)) {
    const [method = '', path = ''] = name.split(' ');
    const template = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version,
      description:
        'What happened to every text, and what people can do about it. Answers with another status than 200 have a code of the registry and say what to do.',
    },
    servers: [{ url: '/api/v1' }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'parley_session' },
      },
      schemas: { Problem: schemaOf(problem) },
    },
    paths,
  };
}

function operation(name: string, { summary, role, params, query, body, response, type = 'json' }: Route): Json {
  return {
    operationId: idOf(name),
    summary,
    description: role === 'public' ? 'For everybody.' : `For the role ${role} and those above it.`,
    security: role === 'public' ? [] : [{ token: [] }, { session: [] }],
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: {
      200: { description: 'Done.', content: { [CONTENT[type]]: { schema: schemaOf(response) } } },
      default: {
        description: 'What went wrong, and what to do.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    ...{ name, in: where, schema: property },
    ...(where === 'path' || required.includes(name) ? { required: true } : {}),
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

/** `POST /messages/:id/resend` is `postMessagesIdResend`. */
function idOf(name: string): string {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}
