/**
 * What can go wrong, by the third part of an error's code, in the order of the page: a heading, and what holds for all
 * of its errors.
 *
 * @type {Readonly<Record<string, { readonly title: string, readonly text: string }>>}
 */
export const components = {
  config: {
    title: 'Configuration',
    text: 'Thrown while a deployment is put together, before anything runs. Nothing has been opened by then.',
  },
  'command-line': {
    title: 'The command line',
    text: '`parley` prints these and ends with exit code 2; with 1 after any other error.',
  },
  address: { title: 'Addresses', text: 'A phone number, a short code or a messaging service was not written as one.' },
  plugin: {
    title: 'Plugins',
    text: 'Thrown when an engine is made or started. Plugins that were set up before are closed again.',
  },
  transport: {
    title: 'Transports',
    text: 'Thrown when a transport is opened, or by what only an emulated transport can do.',
  },
  storage: {
    title: 'Storage',
    text: 'A storage that fails has written nothing of what it was asked to write. Its own error is the `cause`.',
  },
  engine: { title: 'The engine', text: 'Nothing is taken in before `start` has resolved and after `stop` was called.' },
  request: { title: 'Requests', text: 'A program has asked the engine for something that makes no sense.' },
  access: {
    title: 'The console and the API',
    text: 'Answered to whoever asks. What is asked for has not been done.',
  },
  app: { title: 'Apps', text: 'Somebody asked for an app by an id that no app has.' },
  bot: {
    title: 'Bots',
    text: 'The first is thrown when an engine is made, so that a bot that would not survive a restart never runs. The others are answers to requests, or are kept in the conversation where no caller waits.',
  },
  conversation: {
    title: 'Conversations',
    text: 'The request concerns a conversation that has not begun, that people have, or that stands still.',
  },
  journey: {
    title: 'Journeys',
    text: 'A bot that throws leaves its conversation as it was before. What it threw at is kept in the document under `parked`, with the code, and the person gets the fallback text of the app once. After a loop the conversation stands still: the code is in the document under `halted`.',
  },
  parked: { title: 'What was parked', text: 'Answered to `retryParked` and `skipParked`.' },
  task: {
    title: 'Tasks',
    text: 'The machine gets these as the error of the promise that it waits for, in `onError`; the activity of the conversation has them as `task.failed`.',
  },
  message: {
    title: 'Texts',
    text: 'The text cannot be sent as it is. Where a bot said it, the journey has failed: see above.',
  },
  model: {
    title: 'Models',
    text: 'What the tasks of the plugin [understanding](../plugins/understanding/README.md) that ask a model fail with; the machine gets it in `onError`.',
  },
  texts: {
    title: 'Texts in many languages',
    text: 'Thrown as a text of `@parley/texts` is said. Types rule both out; catalogues that do not fit together are refused when they are defined.',
  },
  policy: {
    title: 'Policies',
    text: 'Logged, never thrown: what a policy denies or defers is a value with a code of the policy. One that cannot say is asked again later, and the message waits.',
  },
  'message-limiter': {
    title: 'The same text again',
    text: 'Of the plugin [duplicate-limit](../plugins/duplicate-limit/README.md). Never thrown: it goes into the record of the message, and to the bot with `message.failed`.',
  },
  'first-text': {
    title: 'The first text to a person',
    text: 'Of the plugin [first-text](../plugins/first-text/README.md). Logged, never thrown: the text leaves as it is.',
  },
  consent: {
    title: 'Consent',
    text: 'The first two are codes of messages that were not sent. The others are answered to whoever records something, by program, over HTTP or on the command line; nothing was recorded then.',
  },
  tcpa: {
    title: 'Hours, days and numbers of texts',
    text: 'Of the plugin [tcpa](../plugins/tcpa/README.md). Never thrown: they go into the record of the message that was refused, waits or was exempt, and to the bot with `message.failed`.',
  },
  'opt-out': {
    title: 'Opting out',
    text: 'Of the plugin [opt-out](../plugins/opt-out/README.md). The first two are never thrown: they go into the record of a message that was not sent or that waits. The others are answered on the command line and over HTTP.',
  },
  send: {
    title: 'Sending',
    text: 'Codes of a `SendError`, and of the history of a message that has failed. What a provider refuses has the code of the provider, such as `21610`.',
  },
  notification: {
    title: 'Notifications',
    text: 'What [@parley/plugin-notifications](../plugins/notifications/README.md) refuses: templates when they are defined, requests when they are made, over HTTP with the status. What has become of a text that was asked for is no error, and in the answer.',
  },
  webhook: {
    title: 'Webhooks',
    text: 'Answered to whoever called a webhook. Signatures are checked before anything else is read.',
  },
  'web-chat': {
    title: 'Web chat',
    text: 'Of the transport [web-chat](../plugins/web-chat/README.md). The first goes into the record of a message that was not sent; the others are answered to pages, as the status of a connection or in a frame.',
  },
  media: { title: 'Media', text: 'A picture or file that a person has sent could not be fetched from the provider.' },
  number: { title: 'Numbers', text: 'A text has reached a number that no app owns.' },
  server: { title: 'The server', text: 'Thrown at the start of a server, or answered by it.' },
  phone: {
    title: 'The phone page',
    text: 'Answered by the phone page of a server in development. It knows no users, and therefore no strangers either.',
  },
};
