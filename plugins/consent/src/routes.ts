import { createHash, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import { isAddress, ParleyError, type PluginContext } from '@parley/core';
import * as z from 'zod';
import { parseEntry } from './entry.ts';
import { exported, FORMATS } from './export.ts';
import { requirePast } from './import.ts';
import type { Ledger } from './ledger.ts';

export interface RoutesOptions {
  readonly apiKey: string;
  readonly apps: readonly string[];
  readonly ledger: Ledger;
  readonly clock: PluginContext['clock'];
  readonly newId: PluginContext['newId'];
}

/** The largest body that is read, in bytes. */
const BODY_LIMIT = 64 * 1024;

const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const;

const lookupSchema = z.strictObject({
  person: z.string().refine(isAddress, 'a person is named by a phone number in E.164'),
});

const querySchema = z.strictObject({ format: z.enum(FORMATS).default('csv') });

/**
 * `POST entries` records one, `POST lookup` answers with those of a person, `GET export` with all. Numbers travel in bodies: URLs end up in
 * logs.
 */
export function addRoutes(
  router: PluginContext['router'],
  { apiKey, apps, ledger, clock, newId }: RoutesOptions,
): void {
  router.use(async (context, next) => {
    context.set('Cache-Control', 'no-store');
    requireKey(context.get('authorization'), apiKey);
    await next();
  });

  router.post('/entries', async (context) => {
    const body = await readJson(context.req);
    const given = typeof body === 'object' && body !== null && !Array.isArray(body) ? { id: newId(), ...body } : body;
    const entry = requirePast(parseEntry(given, apps), clock.now());
    const outcome = await ledger.append(entry);
    context.status = outcome === 'recorded' ? 201 : 200;
    context.body = { id: entry.id, outcome };
  });

  router.post('/lookup', async (context) => {
    const { person } = parse(lookupSchema, await readJson(context.req));
    context.body = { entries: await ledger.of(person as Parameters<Ledger['of']>[0]) };
  });

  router.get('/export', (context) => {
    const { format } = parse(querySchema, { ...context.query });
    context.type = TYPES[format];
    context.attachment(`consents.${format}`);
    context.body = Readable.from(exported(ledger.chains, { format }));
  });
}

/** @throws `error.platform.consent.unauthorized` */
function requireKey(header: string, apiKey: string): void {
  const given = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';
  // Hashes have one length, so that the time of the comparison tells nothing of the key.
  if (!timingSafeEqual(digest(given), digest(apiKey))) throw new ParleyError('error.platform.consent.unauthorized');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** @throws `error.platform.consent.malformed` */
function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  return malformed(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

function malformed(problem: string): never {
  throw new ParleyError('error.platform.consent.malformed', { problem });
}

async function readJson(request: AsyncIterable<Buffer>): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_LIMIT) malformed(`the body has more than ${BODY_LIMIT} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return malformed('the body is no JSON');
  }
}
