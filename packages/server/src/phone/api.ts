import { type Address, type App, conversationKey, type Engine, isAddress, ParleyError } from '@parley/core';
import type { Context } from 'koa';
import * as z from 'zod';
import { readBody } from '../body.ts';
import { emulatedApp } from './emulators.ts';
import { pictureType } from './media-type.ts';
import { addressIn, fromHandset, fromRecord, mergeThread, type PhoneMessage } from './message.ts';
import type { Newsfeed } from './newsfeed.ts';
import { describeOrganization } from './organization.ts';

/** Twilio's limit for pictures (docs/sms/accepted-mime-types). */
const PICTURE_LIMIT = 5 * 1024 * 1024;
const JSON_LIMIT = 64 * 1024;
/** How much of a thread the page gets. */
const THREAD_LENGTH = 300;

const phoneNumber = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'a phone has a number in E.164: a plus sign and 7 to 15 digits');

const textSchema = z
  .strictObject({
    app: z.string(),
    from: phoneNumber,
    text: z.string().max(1600, 'a text has 1,600 characters at most'),
    media: z
      .array(z.strictObject({ url: z.url({ protocol: /^https?$/ }), contentType: z.string().optional() }))
      .max(10, 'a message has ten pictures at most')
      .default([]),
  })
  .refine(({ text, media }) => text.trim() !== '' || media.length > 0, 'a message has a text or a picture');

const threadSchema = z.strictObject({ app: z.string(), phone: phoneNumber });
const uploadSchema = z.strictObject({ app: z.string() });

/** The JSON behind the phone page; resolves to `false` for paths that it does not know. */
export function createApi(engine: Engine, newsfeed: Newsfeed): (context: Context, path: string) => Promise<boolean> {
  const routes: Readonly<Record<string, (context: Context) => unknown>> = {
    'GET /organization': () => describeOrganization(engine),
    'GET /thread': readThread,
    'GET /events': (context) => newsfeed.open(context),
    'POST /text': sendText,
    'POST /media': keepPicture,
  };

  async function readThread(context: Context): Promise<{ readonly messages: readonly PhoneMessage[] }> {
    const { app, phone } = check(threadSchema, context.query);
    const { emulator, app: found } = emulatedApp(engine, app);
    const theirs = theirAddress(found, phone);
    const handset = emulator
      .thread(found.address, theirs)
      .flatMap((message) => fromHandset(engine.organization, message) ?? []);
    const page = await engine.organization.storage.messages.list({
      conversation: conversationKey(found.address, theirs),
      limit: THREAD_LENGTH,
    });
    // Newest first; of a text and its answer within one millisecond, the text has to stay ahead.
    const logged = page.messages.toReversed().flatMap((record) => fromRecord(record) ?? []);
    return { messages: mergeThread(handset, logged).slice(-THREAD_LENGTH) };
  }

  async function sendText(context: Context): Promise<{ readonly id: string; readonly answered: number }> {
    if (!context.is('application/json')) malformed('it is not application/json');
    const request = check(textSchema, parseJson(await readWhole(context, JSON_LIMIT)));
    const { emulator, app } = emulatedApp(engine, request.app);
    const sent = await emulator.text({
      from: theirAddress(app, request.from),
      to: app.address,
      text: request.text,
      media: request.media.map(({ url, contentType }) => (contentType === undefined ? { url } : { url, contentType })),
    });
    return { id: sent.providerId, answered: sent.answered };
  }

  async function keepPicture(context: Context): Promise<unknown> {
    const { emulator } = emulatedApp(engine, check(uploadSchema, context.query).app);
    const data = await readWhole(context, PICTURE_LIMIT, 'error.platform.phone.media-too-large');
    const contentType = pictureType(data);
    if (contentType === undefined) throw new ParleyError('error.platform.phone.media-type');
    return emulator.upload({ contentType, data });
  }

  return async (context, path) => {
    const key = `${context.method} ${path}`;
    const route = Object.hasOwn(routes, key) ? routes[key] : undefined;
    if (route === undefined) return false;
    context.set('Cache-Control', 'no-store');
    const body = await route(context);
    if (context.respond !== false) context.body = body;
    return true;
  };
}

function theirAddress(app: App, phone: string): Address {
  const theirs = addressIn(app, phone);
  return isAddress(theirs) ? theirs : malformed('the number is none');
}

/** @throws `error.platform.phone.malformed`, with what is wrong but never with the value. */
function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return malformed(issue === undefined ? 'it is malformed' : `${issue.path.join('.') || 'request'}: ${issue.message}`);
}

async function readWhole(
  context: Context,
  limit: number,
  tooLarge:
    | 'error.platform.webhook.too-large'
    | 'error.platform.phone.media-too-large' = 'error.platform.webhook.too-large',
): Promise<Uint8Array> {
  const read = await readBody(context.req, limit);
  if (read.kind === 'whole') return read.body;
  if (read.kind === 'aborted') return malformed('it broke off');
  if (!read.drained) context.set('Connection', 'close');
  throw new ParleyError(tooLarge, { limit });
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return malformed('its body is not JSON');
  }
}

function malformed(problem: string): never {
  throw new ParleyError('error.platform.phone.malformed', { problem });
}
