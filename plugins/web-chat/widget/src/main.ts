import { Conversation } from './conversation.ts';
import { createMemory, localStorageIfAllowed } from './memory.ts';
import { Session } from './session.ts';
import { readSettings, type Settings } from './settings.ts';
import { View } from './view.ts';

function start(settings: Settings): void {
  const { base, app } = settings;
  const memory = createMemory(`parley-chat ${base.href}${app}`, localStorageIfAllowed());
  const conversation = new Conversation();
  const url = new URL('socket', base);
  url.protocol = url.protocol.replace('http', 'ws');
  const session = new Session({ url: url.href, app, memory, conversation, changed: () => view?.update() });
  const view: View | undefined = new View(settings, memory, conversation, session);
  view.mount(document.body);
  // Who has not written yet costs no connection.
  if (memory.read().token !== undefined) session.start();
}

// Only while it runs for the first time does a script know its element.
const script = document.currentScript;
const settings = script instanceof HTMLScriptElement ? readSettings(script) : undefined;
if (settings === undefined) throw new Error('chat.js: say which chat, by data-app="…" on the script element');
if (document.body === null) document.addEventListener('DOMContentLoaded', () => start(settings));
else start(settings);
