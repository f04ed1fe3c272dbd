import * as z from 'zod';
import { type Route, route } from './route.ts';
import { conversationId, limit, next, queryMoment } from './schemas/common.ts';
import {
  activityPage,
  activityQuery,
  conversationDetail,
  conversationPage,
  conversationQuery,
  timerId,
} from './schemas/conversation.ts';
import { health, healthQuery } from './schemas/health.ts';
import { funnel, funnelQuery, journeyDetail, journeyPage, journeyQuery, machine } from './schemas/journey.ts';
import { message, messageDetail, messageFilter, messagePage, messageQuery } from './schemas/message.ts';
import { numberCheck, organization } from './schemas/organization.ts';
import { actorPatch, erased, person } from './schemas/person.ts';
import { auditEntry, session, signIn } from './schemas/session.ts';

const byId = z.object({ id: z.string().min(1).max(400) });
const conversation = z.object({ conversation: conversationId });
const text = z.string().min(1).max(1_600);
/** In E.164. */
const phoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a plus sign and 7 to 15 digits');
const conversations = z.object({ conversations: z.array(conversationId).min(1).max(200) });
/** What became of each, in order: the code of the error, where one went wrong. */
const outcomes = z.object({
  outcomes: z.array(z.object({ conversation: conversationId, failed: z.string().optional() })),
});

/**
 * Everything that can be asked of the API, under `/api/v1`. Where a path has `:name`, `params` says what stands there. People are named by a
 * conversation with them, so that no address of the API has a number in it.
 */
export const routes = {
  'GET /session': route({ summary: 'Who is signed in, and how one can.', role: 'public', response: session }),
  'POST /session': route({
    summary: 'Signs in with a password.',
    role: 'public',
    body: signIn,
    response: session,
    audit: 'session.sign-in',
  }),
  'DELETE /session': route({ summary: 'Signs out.', role: 'public', response: session, audit: 'session.sign-out' }),

  'GET /openid/start': route({
    summary: 'Sends the browser to the OpenID Connect provider.',
    role: 'public',
    response: z.string(),
    type: 'redirect',
  }),
  'GET /openid/callback': route({
    summary: 'Where the OpenID Connect provider sends the browser back to.',
    role: 'public',
    query: z.looseObject({}),
    response: z.string(),
    type: 'redirect',
  }),

  'GET /organization': route({
    summary: 'The apps, numbers, bots and plugins of the deployment.',
    role: 'viewer',
    response: organization,
  }),
  'GET /apps/:app/number': route({
    summary: "Asks the provider whether the app's number calls this server.",
    role: 'operator',
    params: z.object({ app: z.string() }),
    response: numberCheck,
  }),
  'GET /health': route({
    summary: 'How texts are doing in a span of time, and what is wrong.',
    role: 'viewer',
    query: healthQuery,
    response: health,
  }),
  'GET /events': route({
    summary: 'News as server-sent events: `message` with a message, `activity` with an activity.',
    role: 'viewer',
    query: z.object({ app: z.string().optional(), conversation: conversationId.optional() }),
    response: message,
    type: 'events',
  }),

  'GET /messages': route({
    summary: 'Messages that match all that is asked for, newest first.',
    role: 'viewer',
    query: messageQuery,
    response: messagePage,
  }),
  'GET /messages.csv': route({
    summary: 'The same as a file, without end.',
    role: 'agent',
    query: messageFilter,
    response: z.string(),
    type: 'csv',
    audit: 'messages.export',
  }),
  'GET /messages/:id': route({
    summary: 'A message with its history, what policies said, and what its error means.',
    role: 'viewer',
    params: byId,
    response: messageDetail,
  }),
  'GET /messages/:id/media/:index': route({
    summary: 'A picture or file that a person has sent.',
    role: 'agent',
    params: byId.extend({ index: z.coerce.number().int().min(0) }),
    response: z.string(),
    type: 'bytes',
  }),
  'POST /messages/:id/refresh': route({
    summary: 'Asks the provider how a message is getting on.',
    role: 'agent',
    params: byId,
    response: messageDetail,
    audit: 'message.refresh',
  }),
  'POST /messages/:id/resend': route({
    summary: 'Sends a message that has failed once more, as a new one.',
    role: 'operator',
    params: byId,
    response: messageDetail,
    audit: 'message.resend',
  }),
  'POST /messages/:id/cancel': route({
    summary: 'Takes a message back that has not left.',
    role: 'agent',
    params: byId,
    response: z.object({ cancelled: z.boolean() }),
    audit: 'message.cancel',
  }),

  'GET /conversations': route({
    summary: 'Conversations: of a person, of an app, handed to people, or parked.',
    role: 'viewer',
    query: conversationQuery,
    response: conversationPage,
  }),
  'GET /conversations/:conversation': route({
    summary: 'A conversation: the person, the journey with its state, timers and tasks, what is parked.',
    role: 'viewer',
    params: conversation,
    response: conversationDetail,
  }),
  'GET /conversations/:conversation/activity': route({
    summary: 'What happened in a conversation besides messages, newest first; with a journal every step.',
    role: 'viewer',
    params: conversation,
    query: activityQuery,
    response: activityPage,
  }),
  'POST /conversations/:conversation/reply': route({
    summary: 'Says something to the person, as whoever is signed in.',
    role: 'agent',
    params: conversation,
    body: z.object({ text }),
    response: z.object({ message: z.string() }),
    audit: 'conversation.reply',
  }),
  'POST /conversations/:conversation/hand-over': route({
    summary: 'Takes the conversation from its bot.',
    role: 'agent',
    params: conversation,
    body: z.object({ note: z.string().max(1_000).optional() }),
    response: conversationDetail,
    audit: 'conversation.hand-over',
  }),
  'POST /conversations/:conversation/resume': route({
    summary: 'Gives the conversation back to its bot.',
    role: 'agent',
    params: conversation,
    response: conversationDetail,
    audit: 'conversation.resume',
  }),
  'POST /conversations/:conversation/end': route({
    summary: 'Ends the journey that is running, and drops what is parked.',
    role: 'operator',
    params: conversation,
    response: conversationDetail,
    audit: 'conversation.end',
  }),
  'POST /conversations/:conversation/skip-ahead': route({
    summary: 'Has time pass for a conversation of a preview app: its timers fire, what is scheduled comes nearer.',
    role: 'agent',
    params: conversation,
    body: z.object({ by: z.number().int().min(1).max(7_776_000_000) }),
    response: conversationDetail,
    audit: 'conversation.skip-ahead',
  }),
  'POST /conversations/:conversation/fire': route({
    summary: 'Fires a timer of a preview app before its time.',
    role: 'agent',
    params: conversation,
    body: timerId,
    response: conversationDetail,
    audit: 'conversation.fire',
  }),
  'POST /conversations/:conversation/retry-task': route({
    summary: 'Tries a task of a preview app again before its time.',
    role: 'agent',
    params: conversation,
    body: z.object({ task: z.string() }),
    response: conversationDetail,
    audit: 'conversation.retry-task',
  }),

  'POST /parked/retry': route({
    summary: 'Takes in again what was parked in these conversations.',
    role: 'operator',
    body: conversations,
    response: outcomes,
    audit: 'parked.retry',
  }),
  'POST /parked/skip': route({
    summary: 'Drops what was parked in these conversations.',
    role: 'operator',
    body: conversations,
    response: outcomes,
    audit: 'parked.skip',
  }),
  'POST /parked/end': route({
    summary: 'Ends the journeys of these conversations, and drops what was parked.',
    role: 'operator',
    body: conversations,
    response: outcomes,
    audit: 'parked.end',
  }),

  'GET /journeys': route({
    summary: 'Journeys, newest first.',
    role: 'viewer',
    query: journeyQuery,
    response: journeyPage,
  }),
  'GET /journeys/:id': route({
    summary: 'A journey with all that happened in it.',
    role: 'viewer',
    params: byId,
    response: journeyDetail,
  }),
  'GET /funnel': route({
    summary: 'How journeys of a bot went, and in which states they ended.',
    role: 'viewer',
    query: funnelQuery,
    response: funnel,
  }),
  'GET /apps/:app/bots/:bot/machine': route({
    summary: "A bot's machine, for drawing it.",
    role: 'viewer',
    params: z.object({ app: z.string(), bot: z.string() }),
    query: z.object({ version: z.string().optional() }),
    response: machine,
  }),

  'GET /people/:conversation': route({
    summary: 'All that is known of a person, also by plugins: consents, opt-outs.',
    role: 'agent',
    params: conversation,
    response: person,
  }),
  'PATCH /people/:conversation': route({
    summary: 'Changes what is known of a person.',
    role: 'operator',
    params: conversation,
    body: actorPatch,
    response: person,
    audit: 'person.change',
  }),
  'DELETE /people/:conversation': route({
    summary: 'Forgets a person, but for proofs such as that of an opt-out.',
    role: 'operator',
    params: conversation,
    response: erased,
    audit: 'person.erase',
  }),

  'POST /phone/apps/:app': route({
    summary: 'Texts an app whose transport is emulated, as somebody with this phone number would.',
    role: 'operator',
    params: z.object({ app: z.string() }),
    body: z.object({ phone: phoneNumber, text }),
    response: z.object({ conversation: conversationId }),
    audit: 'phone.text',
  }),
  'POST /phone/conversations/:conversation': route({
    summary: 'Texts an app whose transport is emulated, as the person of a conversation would.',
    role: 'operator',
    params: conversation,
    body: z.object({ text }),
    response: z.object({ conversation: conversationId }),
    audit: 'phone.text',
  }),

  'GET /audit': route({
    summary: 'Who has done what, newest first.',
    role: 'operator',
    query: z.object({ since: queryMoment.optional(), cursor: z.string().optional(), limit }),
    response: z.object({ entries: z.array(auditEntry), next }),
  }),
  'GET /openapi.json': route({
    summary: 'This API as an OpenAPI document.',
    role: 'public',
    response: z.record(z.string(), z.unknown()),
  }),
} as const satisfies Readonly<Record<string, Route>>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;

type In<Name extends RouteName, Part extends 'params' | 'query' | 'body'> = Routes[Name] extends {
  readonly [Key in Part]: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : undefined;

/** What a client gives. */
export type ParamsOf<Name extends RouteName> = In<Name, 'params'>;
export type QueryOf<Name extends RouteName> = In<Name, 'query'>;
export type BodyOf<Name extends RouteName> = In<Name, 'body'>;

/** What a client gets. */
export type ResponseOf<Name extends RouteName> = z.output<Routes[Name]['response']>;
