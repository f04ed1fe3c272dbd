/**
 * Every error that a user of Parley can meet: its code, the sentence that says what to do, and the HTTP status where
 * one applies. `{name}` is filled in from the error's details. docs/errors.md lists the same; a test compares them.
 */
export const errorRegistry = {
  'error.platform.address.malformed': {
    message:
      'The address {address} is none that Parley knows. Use E.164 (a plus sign and 7 to 15 digits), a short code, a messaging service (MG…), one of these behind a channel such as whatsapp:, or a name behind one such as web:.',
    status: 400,
  },
  'error.platform.config.malformed': {
    message: 'The configuration is not right: {problem}. Correct it in the file that calls {where}.',
  },
  'error.platform.config.number-taken': {
    message:
      'The number {number} is claimed by the apps {first} and {second}. A number belongs to one app: give one of them another.',
  },
  'error.platform.config.duplicate-id': {
    message: 'There are two {kind}s called {id}. Rename one of them.',
  },
  'error.platform.config.unknown-transport': {
    message:
      'The app {app} wants the transport {transport}, but the organization has {known}. Add it under transports, or name one that is there.',
  },
  'error.platform.config.not-found': {
    message: 'There is no {file}. Run this where your parley.config.ts is, or name it with --config.',
  },
  'error.platform.config.no-organization': {
    message: 'The file {file} does not export an organization. Write: export default defineOrganization({ … }).',
  },
  'error.platform.config.not-loadable': {
    message: 'The configuration could not be loaded: {problem} (at {where}).',
  },
  'error.platform.config.bad-environment': {
    message: 'The environment variable {variable} is not right: {problem}. Correct it there or in .env, or unset it.',
  },
  'error.platform.config.unknown-profile': {
    message:
      'The profile {profile} is none of this configuration, which has {known}.{hint} Name one with --profile or PARLEY_PROFILE.',
  },
  'error.platform.command-line.malformed': {
    message: '{problem} See {help}.',
  },
  'error.platform.plugin.duplicate': {
    message: 'Two plugins are called {plugin}. Remove one, or give it another name where its factory allows.',
  },
  'error.platform.plugin.missing-dependency': {
    message:
      'The plugin {plugin} depends on {dependency}, which does not come before it. Add it ahead of {plugin} in plugins.',
  },
  'error.platform.plugin.lint-failed': {
    message:
      'The plugin {plugin} threw as it looked at the app {app}. Its own error is the cause; report it to whoever wrote the plugin.',
  },
  'error.platform.plugin.setup-failed': {
    message: 'The plugin {plugin} could not be set up. Its own error is the cause.',
  },
  'error.platform.app.not-preview': {
    message:
      'The app {app} is published: its timers and tasks keep to their time. Try this in an app whose mode is preview.',
    status: 409,
  },
  'error.platform.bot.unknown': {
    message: 'The app {app} has no bot {bot}. It has {known}.',
    status: 404,
  },
  'error.platform.bot.circle': {
    message:
      'The bot {bot} was not started: {count} bots have started one another in one turn, in a circle it seems. Let one of them wait for something, or end.',
  },
  'error.platform.bot.unknown-version': {
    message:
      'The journey began on version {version} of the bot {bot}, which is no longer registered. Register it again beside the new one, give the new one migrate, or end the journey.',
    status: 409,
  },
  'error.platform.bot.not-durable': {
    message: 'The bot {bot} can not be hosted: {problem}. {fix}',
  },
  'error.platform.bot.not-serialisable': {
    message:
      'The bot {bot} has {what} at {path}, which can not be kept. Keep plain data there: objects, arrays, text, numbers, Date, Map, Set.',
  },
  'error.platform.bot.not-restorable': {
    message:
      'The bot {bot} can not go on with what was stored of it: {problem}. Register the version that the journey began on beside the new one, or give the new one a version and migrate.',
  },
  'error.platform.bot.migration-failed': {
    message:
      'The journey could not be brought from version {from} of the bot {bot} to {to}: {problem}. Mend migrate and retry, or end the journey.',
  },
  'error.platform.access.sign-in-required': {
    message: 'Sign in first, or send a token in the header Authorization: Bearer ….',
    status: 401,
  },
  'error.platform.access.wrong-credentials': {
    message: 'The name or the password is wrong. Try again, or ask whoever keeps the configuration.',
    status: 401,
  },
  'error.platform.access.forbidden': {
    message: 'This takes the role {role}. Ask somebody who has it, or whoever keeps the configuration.',
    status: 403,
  },
  'error.platform.access.foreign-request': {
    message:
      'This request did not come from the console. With a session, send the header x-parley; programs use a token.',
    status: 403,
  },
  'error.platform.access.too-many-attempts': {
    message: 'There were too many attempts to sign in. Try again in {minutes} minutes.',
    status: 429,
  },
  'error.platform.access.provider-failed': {
    message:
      'Signing in with the provider did not work: {problem}. Try again; if it goes on, look at openId in the configuration.',
    status: 502,
  },
  'error.platform.journey.unknown': {
    message: 'There is no such journey. It may have been erased or pruned.',
    status: 404,
  },
  'error.platform.request.malformed': {
    message: 'What the engine was asked for is not right: {problem}.',
    status: 400,
  },
  'error.platform.app.unknown': {
    message: 'There is no app {app}. The organization has {known}.',
    status: 404,
  },
  'error.platform.conversation.unknown': {
    message:
      'There is no conversation between these addresses. It begins with the first text or with a journey that you start.',
    status: 404,
  },
  'error.platform.journey.failed': {
    message:
      'The bot {bot} threw at the event {event}; the conversation is as it was before. See the cause, mend the bot, deploy it as a new version.',
  },
  'error.platform.journey.running': {
    message:
      'A journey of the bot {bot} is running in this conversation. End it first, or start with conflict: "replace" or "use".',
    status: 409,
  },
  'error.platform.journey.no-such-timer': {
    message: 'The journey is not waiting for this timer any more. Look at the conversation again.',
    status: 409,
  },
  'error.platform.journey.no-such-task': {
    message: 'This task is not waiting for another attempt. Look at the conversation again.',
    status: 409,
  },
  'error.platform.journey.none': {
    message: 'No journey is running in this conversation. Start one with startJourney.',
    status: 409,
  },
  'error.platform.journey.too-long': {
    message:
      'The journey would last {days} days; it lasts {limit} at most, counted from its start. Extend it by less, or let the bot start another.',
    status: 400,
  },
  'error.platform.journey.loop': {
    message:
      '{who} has replied {replies} times with less than {gap} s between two replies, as when two machines answer one another. Look at the texts, then retry, skip or end; the app sets the limit with loopGuard.',
  },
  'error.platform.journey.hook-failed': {
    message: 'The hook {hook} of the bot {bot} threw; what it had asked for was not done. See the reason and mend it.',
  },
  'error.platform.conversation.handed-over': {
    message:
      'People have this conversation. Resume it first, or start with conflict: "replace", which takes it away from them.',
    status: 409,
  },
  'error.platform.conversation.halted': {
    message:
      'The conversation stands still ({code}). Retry, skip or end what is parked in it, or start with conflict: "replace".',
    status: 409,
  },
  'error.platform.parked.unknown': {
    message: 'Nothing with this id is parked in the conversation. Look at what is with parked().',
    status: 404,
  },
  'error.platform.task.timeout': {
    message: 'The task {task} took longer than {timeout} ms and was aborted.',
  },
  'error.platform.task.unknown': {
    message:
      'The task {task} is not part of the bot {bot} any more. Put its actor back under the same name, or end the journey.',
  },
  'error.platform.webhook.unsigned': {
    message: 'The request carries no signature. Only the provider may call this address.',
    status: 403,
  },
  'error.platform.webhook.forged': {
    message:
      'The signature does not match. Check that the public URL is exactly the one that the provider calls ({url}), and that the auth token is current.',
    status: 403,
  },
  'error.platform.webhook.malformed': {
    message: 'The request is not a webhook of the provider: {problem}.',
    status: 400,
  },
  'error.platform.webhook.too-large': {
    message: 'The request is larger than {limit} bytes.',
    status: 413,
  },
  'error.platform.webhook.method': {
    message: 'Webhooks are called with POST. Set the method to HTTP POST at the provider.',
    status: 405,
  },
  'error.platform.webhook.not-found': {
    message: 'There is no webhook at this path. Use the URLs that the server prints at its start.',
    status: 404,
  },
  'error.platform.number.unknown': {
    message:
      'No app owns the number {number} that was texted. Give it to an app with number, or point its webhook elsewhere.',
    status: 404,
  },
  'error.platform.transport.no-credentials': {
    message: 'The transport {transport} has no credentials. Set {variables}, or run the emulator with parley dev.',
  },
  'error.platform.transport.no-emulator': {
    message: 'The transport {transport} has no emulator running. Start with parley dev and without credentials.',
    status: 404,
  },
  'error.platform.media.refused': {
    message: 'Media is fetched from hosts of the provider only, and {host} is none.',
    status: 403,
  },
  'error.platform.media.too-large': {
    message: 'The media is larger than {limit} bytes. Ask for it with a higher limit.',
    status: 413,
  },
  'error.platform.media.unsupported-type': {
    message: 'The provider does not take {type} over {channel}. Send it as another type, or a link to it.',
  },
  'error.platform.media.too-large-to-send': {
    message: '{size} bytes are too large for {channel}, which takes {limit}. Make it smaller, or send a link to it.',
  },
  'error.platform.media.unavailable': {
    message: 'The media could not be fetched: {reason}. Providers delete media after a while.',
    status: 502,
  },
  'error.platform.send.timeout': {
    message: 'The provider did not answer in time; nobody knows yet whether it took the message.',
  },
  'error.platform.send.unreachable': {
    message: 'The provider could not be reached; it has surely not taken the message, which is tried again.',
  },
  'error.platform.send.interrupted': {
    message:
      'The exchange with the provider broke off or failed on its side; nobody knows yet whether it took the message.',
  },
  'error.platform.send.in-doubt': {
    message:
      'The send was cut short, and the provider has equal texts to this person: nobody can tell whether this one is among them. It is not sent again; a status of it settles the doubt.',
  },
  'error.platform.send.expired': {
    message: 'The message could not be sent within {hours} hours and was given up.',
  },
  'error.platform.send.daily-cap': {
    message:
      'The app {app} has sent its {limit} messages of today (UTC); this one was not sent. Raise pace.perDay of the app, or send tomorrow.',
  },
  'error.platform.send.not-on-list': {
    message:
      'The app {app} texts nobody but those in its onlyTo, and this person is none of them. Add their number there, or take onlyTo away.',
  },
  'error.platform.send.cancelled': {
    message: 'The message was cancelled before it was sent.',
  },
  'error.platform.message.too-long': {
    message:
      'The text has {length} characters; a message takes {limit} at most. Shorten it, say it in parts, or give the app longTexts: "split".',
    status: 400,
  },
  'error.platform.message.unknown': {
    message: 'There is no message with this id. Ids are those of the message log.',
    status: 404,
  },
  'error.platform.message.not-failed': {
    message: 'The message is {status}; only one that has failed is sent again.',
    status: 409,
  },
  'error.platform.message.too-many-media': {
    message: 'The message has {count} media; it takes {limit} at most. Send the rest in another message.',
    status: 400,
  },
  'error.platform.model.unavailable': {
    message: 'The model did not answer: {reason}. Others are asked later; look at its endpoint if it goes on.',
  },
  'error.platform.model.refused': {
    message:
      'The endpoint of the model refused the request with {status}. Look at url, model and apiKey, and whether it knows the format.',
  },
  'error.platform.model.unusable-answer': {
    message: 'The answer of the model can not be used: {problem}.',
  },
  'error.platform.model.text-too-long': {
    message:
      'The text has {length} characters; the model is asked about {limit} at most. Raise longestText to have longer ones read.',
  },
  'error.platform.texts.unknown-key': {
    message: 'There is no text {key}.{hint} Write it into every catalogue that defineTexts is given.',
  },
  'error.platform.texts.bad-value': {
    message: 'The text {key} wants a {wanted} for {variable}, and was given {given}.',
  },
  'error.platform.message.empty': {
    message: 'The message has neither text nor media. Give it one of them.',
    status: 400,
  },
  'error.platform.message-limiter.duplicate-message-sent': {
    message:
      'The same text has gone to this number already; it is refused until {until} ({wait} from now). To send it again while testing, make it unique with the first name of the person or something random in it, or give the app the mode preview.',
  },
  'error.platform.first-text.no-room': {
    message:
      'The first text to a person has no room left for {parts}, which is added to the next one instead. Shorten the text, or the wording in the options of first-text.',
  },
  'error.platform.policy.failed': {
    message: 'The check of the plugin {plugin} threw; the message waits and is checked again.',
  },
  'error.platform.consent.missing': {
    message:
      'Nobody has recorded that this person agrees to {category} texts of the app {app}. Ask them first, and record what they say in the ledger of consents.',
  },
  'error.platform.consent.revoked': {
    message:
      'This person has refused {category} texts of the app {app}, or taken back their consent to them. Do not send any until they agree anew.',
  },
  'error.platform.consent.malformed': {
    message: 'The entry is none that the ledger of consents takes: {problem}. Correct it and record it again.',
    status: 400,
  },
  'error.platform.consent.conflict': {
    message:
      'An entry with this id is recorded already (as #{sequence} of this person) and says something else. Record this one under an id of its own.',
    status: 409,
  },
  'error.platform.consent.unauthorized': {
    message: 'The request has no valid key. Send the header Authorization: Bearer and the apiKey of consent().',
    status: 401,
  },
  'error.platform.notification.template-malformed': {
    message:
      'The text {locale} of the notification {notification} is no template that can be sent: {problem}. Correct it where defineNotification is called.',
  },
  'error.platform.notification.unknown-variable': {
    message:
      'The text {locale} of the notification {notification} names {variable} (line {line}), which it is not given. {hint} Correct the name, or declare it under data.',
  },
  'error.platform.notification.unknown': {
    message: 'There is no notification {notification}. There are {known}.',
    status: 404,
  },
  'error.platform.notification.app-missing': {
    message:
      'The notification {notification} belongs to no app, and the organization has several. Name one with app, in its definition or in the request.',
    status: 400,
  },
  'error.platform.notification.data-malformed': {
    message:
      'The data for the notification {notification} is not right: {problem}. Give what it declares under data, and nothing else.',
    status: 400,
  },
  'error.platform.notification.not-rendered': {
    message:
      'The text of the notification {notification} could not be made from this data: {problem}. Nothing was sent. Correct the data, or the template.',
    status: 400,
  },
  'error.platform.notification.time-zone-unknown': {
    message:
      'The time zone of the person is not known, which a local time needs. Set timeZone of the actor, or give one beside date and time for such people.',
    status: 400,
  },
  'error.platform.notification.key-reused': {
    message:
      'The idempotency key was used for another request. Use a new one for each request, and the same one only to repeat it.',
    status: 409,
  },
  'error.platform.notification.request-malformed': {
    message: 'The request for a notification is not right: {problem}.',
    status: 400,
  },
  'error.platform.notification.recipient-malformed': {
    message: 'The line is left out: {problem}.',
    status: 400,
  },
  'error.platform.notification.too-many-recipients': {
    message:
      'The list has more than {limit} recipients; nobody was texted. Send it in parts, or raise mostRecipients of notifications().',
    status: 413,
  },
  'error.platform.notification.broadcast-receiving': {
    message:
      'The list of this broadcast is being received by another request. Wait until that has ended, or use another idempotency key.',
    status: 409,
  },
  'error.platform.notification.broadcast-unknown': {
    message: 'There is no broadcast with this id. Ids are in the answers to broadcasts; progress is kept for 30 days.',
    status: 404,
  },
  'error.platform.notification.unauthorized': {
    message:
      'The request has no valid key. Send the header Authorization: Bearer and one of apiKeys of notifications().',
    status: 401,
  },
  'error.platform.notification.forbidden': {
    message: 'The key may not send the notification {notification}. Add it to notifications of that key.',
    status: 403,
  },
  'error.platform.notification.too-large': {
    message: 'The request is larger than {limit} bytes. Only lists of recipients may be.',
    status: 413,
  },
  'error.platform.notification.media-type': {
    message: 'The list is of a type that is not read. Send application/x-ndjson or text/csv, not compressed.',
    status: 415,
  },
  'error.platform.tcpa.quiet-hours': {
    message:
      '{place} allows texts from {hours} on this day, and it is {time} there ({calendar}). Send within these hours; what becomes of others is for outside of tcpa to say.',
  },
  'error.platform.tcpa.banned-day': {
    message:
      '{place} allows no texts on a day such as {day} ({calendar}). Send on another; what becomes of such texts is for outside of tcpa to say.',
  },
  'error.platform.tcpa.holiday': {
    message:
      '{place} allows no texts on {holiday}, which is kept on {day} ({calendar}). Send on another day; what becomes of such texts is for outside of tcpa to say.',
  },
  'error.platform.tcpa.emergency-ban': {
    message:
      'Texts to {place} are banned from {from} until {until}: {ban} ({calendar}). Send afterwards, or correct emergencyBans of tcpa once the ban is lifted.',
  },
  'error.platform.tcpa.frequency-cap': {
    message:
      '{place} allows {max} texts to a person in {hours} hours, and they have been sent ({rule}). Send less often; what becomes of more is for outside of tcpa to say.',
  },
  'error.platform.tcpa.no-window': {
    message:
      'There is no minute in {days} days that all {count} calendars of this person allow ({calendar} among them). Correct what is known of where they are, or the overrides of tcpa.',
  },
  'error.platform.tcpa.no-rule': {
    message:
      'No rule is known for the country of this number. Add it to countries of tcpa; whether such texts are sent is for elsewhere of tcpa to say.',
  },
  'error.platform.opt-out.opted-out': {
    message: 'This person wants no more texts. Nothing is sent to them until they opt in again, with START for one.',
  },
  'error.platform.opt-out.unsure': {
    message:
      'This person may have opted out, and nobody has decided yet; what they have not asked for waits. Look with parley opt-out reviews, then say opt-out or opt-in.',
  },
  'error.platform.opt-out.needs-reason': {
    message:
      'This person has opted out. Only they can take that back: say how they did with --because (over HTTP: because), which goes into the proof.',
    status: 409,
  },
  'error.platform.opt-out.import-malformed': {
    message:
      'Line {line} of the list can not be taken in: {problem}. Correct it and import again; nothing was written.',
    status: 400,
  },
  'error.platform.opt-out.unauthorized': {
    message: 'The request carries no valid key. Send Authorization: Bearer and the apiKey of the plugin opt-out.',
    status: 401,
  },
  'error.platform.opt-out.malformed': {
    message: 'The request is none that the plugin opt-out takes: {problem}. See its README.',
    status: 400,
  },
  'error.platform.storage.in-use': {
    message:
      'Another process has {file} open. One process at a time can use it: stop the other, or move to PostgreSQL.',
  },
  'error.platform.storage.newer': {
    message:
      'The data in {where} was written by a newer Parley (schema {found}, this one knows {known}). Upgrade Parley.',
  },
  'error.platform.storage.not-ours': {
    message: '{file} holds something else than data of Parley. Name another place; this one was left as it is.',
  },
  'error.platform.storage.unknown-url': {
    message:
      '{storage} names no storage. Write sqlite:<file>, postgres://<user>@<host>/<database>, or config for the one of the configuration.',
  },
  'error.platform.storage.no-plugin': {
    message: 'The package {package} is not installed, which {storage} needs. Run: npm install {package}.',
  },
  'error.platform.storage.no-backup': {
    message: '{storage} is not copied by Parley. Use the tools of its database, such as pg_dump.',
  },
  'error.platform.storage.missing': {
    message:
      'There is no data at {storage}. Correct the name, or run this in the folder of the project (--cwd); parley check --code-only needs none.',
  },
  'error.platform.storage.not-empty': {
    message: 'There is data in {storage} already. Copy to an empty storage or a new file; nothing was written.',
  },
  'error.platform.storage.copy-differs': {
    message:
      'The copy differs from the original in {parts}. Make sure that no server runs on either of them, empty the copy, and copy again.',
  },
  'error.platform.storage.corrupt': {
    message:
      'The data in {file} is damaged; see the cause. Put that file aside and the newest backup in its place, and have the disk checked.',
  },
  'error.platform.storage.unknown-cursor': {
    message: 'The cursor is none that this storage gave out. Begin with the first page again.',
    status: 400,
  },
  'error.platform.storage.not-iterable': {
    message:
      'The Keyv adapter {adapter} can not list its keys, which this storage needs at its start. Use one that can: a Map, @keyv/sqlite, @keyv/postgres, @keyv/mysql, @keyv/mongo, @keyv/redis, @keyv/valkey or @keyv/etcd.',
  },
  'error.platform.storage.closed': {
    message: 'The storage is closed. Nothing was written.',
    status: 503,
  },
  'error.platform.storage.failed': {
    message: 'The storage failed; nothing was written. See the cause.',
    status: 503,
  },
  'error.platform.web-chat.not-a-visitor': {
    message:
      'Web chat reaches visitors of a page only, and this address is none of theirs. Send it by an app whose transport takes it.',
  },
  'error.platform.web-chat.origin-refused': {
    message:
      'Pages of {origin} may not use this chat. Add it to the origins of webChat, or set the public URL if it is this server itself.',
    status: 403,
  },
  'error.platform.web-chat.token-refused': {
    message: 'The token is none that this server has given out for this chat. Connect without one to begin anew.',
    status: 403,
  },
  'error.platform.web-chat.too-fast': {
    message: 'This is more than one visitor or one computer may send in a while. Try again in {seconds} seconds.',
    status: 429,
  },
  'error.platform.engine.stopped': {
    message: 'The engine is not running. Nothing was taken in.',
    status: 503,
  },
  'error.platform.server.port-taken': {
    message: 'Port {port} is taken. Stop what listens there, or choose another with --port.',
  },
  'error.platform.server.listen-failed': {
    message:
      'The server can not listen at {host}:{port} ({reason}). Choose a host of this machine and a port that this user may open.',
  },
  'error.platform.server.not-found': {
    message: 'There is nothing at this path. The routes are in the README of @parley/server.',
    status: 404,
  },
  'error.platform.server.failed': {
    message: 'Something went wrong inside the server. The log has the cause.',
    status: 500,
  },
  'error.platform.server.refused': {
    message: 'The request was refused: {reason}.',
    status: 400,
  },
  'error.platform.server.body-consumed': {
    message:
      'Something read the body before Parley, so its signature can not be checked. Mount parleyMiddleware ahead of every body parser.',
    status: 500,
  },
  'error.platform.phone.forbidden': {
    message:
      'The phone page answers this computer only: {problem}. Open it at http://localhost, or name the host in phone.allowHosts.',
    status: 403,
  },
  'error.platform.phone.malformed': {
    message: 'The request is not one that the phone page makes: {problem}.',
    status: 400,
  },
  'error.platform.phone.media-type': {
    message: 'The file is no picture that a phone can send. Use JPEG, PNG, GIF or WebP.',
    status: 415,
  },
  'error.platform.phone.media-too-large': {
    message: 'The picture is larger than {limit} bytes. Use a smaller one.',
    status: 413,
  },
} as const satisfies Record<string, ErrorEntry>;

interface ErrorEntry {
  /** What went wrong and what to do about it. */
  readonly message: string;
  /** The HTTP status that it is answered with, where it is. */
  readonly status?: number;
}

/** A code of {@link errorRegistry}. */
export type ErrorCode = keyof typeof errorRegistry;

/** What is known of one error. Never a message's text or a whole phone number. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** An error with a code of the registry. */
export class ParleyError extends Error {
  override readonly name = 'ParleyError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  /** The HTTP status to answer with: 500 unless the registry says otherwise. */
  readonly status: number;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { readonly cause?: unknown }) {
    const entry: ErrorEntry = errorRegistry[code];
    super(`${fill(entry.message, details)} [${code}]`, options);
    this.code = code;
    this.details = details;
    this.status = entry.status ?? 500;
  }
}

function fill(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(details[name] ?? placeholder));
}

/** An error's code as far as it has one: ours, or a name such as `TypeError`. */
export function codeOf(error: unknown): string {
  if (error instanceof ParleyError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}
