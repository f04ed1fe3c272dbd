import css from './chat.css?inline';
import type { Conversation, Entry } from './conversation.ts';
import { element, icon } from './element.ts';
import type { Memory } from './memory.ts';
import { Messages } from './messages.ts';
import type { Connected, Session } from './session.ts';
import { inkOn, type Settings } from './settings.ts';

const SPEECH = 'M4 5h16v11H9l-5 4z';
const DOWN = 'M5 9l7 7 7-7';
const CROSS = 'M6 6l12 12M18 6L6 18';
const ARROW = 'M12 19V5M6 11l6-6 6 6';

const STATUS: Readonly<Record<Connected, string>> = {
  idle: '',
  connecting: 'Connecting…',
  online: '',
  offline: 'No connection. Trying again…',
  gone: 'This chat is closed.',
};

/** Closer to the end than this, the list follows what is said, in pixels. */
const NEAR_END = 80;

/** What is seen of the chat: a button and a panel, or a whole page. Lives in a shadow tree, where no style of the page reaches it. */
export class View {
  readonly #settings: Settings;
  readonly #memory: Memory;
  readonly #conversation: Conversation;
  readonly #session: Session;
  readonly #host = element('parley-chat' as 'div');
  readonly #badge = element('span', { class: 'badge', 'aria-hidden': 'true' });
  readonly #launcher = element(
    'button',
    { type: 'button', class: 'launcher', 'aria-controls': 'panel' },
    icon(SPEECH, 'speech'),
    icon(DOWN, 'down'),
    this.#badge,
  );
  readonly #status = element('div', { class: 'status', role: 'status' });
  readonly #close = element('button', { type: 'button', class: 'close', 'aria-label': 'Close chat' }, icon(CROSS));
  readonly #greeting = element('p', { class: 'greeting' });
  readonly #earlier = element('button', { type: 'button', class: 'earlier' }, 'Show earlier messages');
  readonly #messages: Messages;
  readonly #log = element('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'off',
    'aria-label': 'Messages',
    tabindex: '0',
  });
  readonly #field = element('textarea', { rows: '1', placeholder: 'Write a message', 'aria-label': 'Your message' });
  readonly #send = element('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, icon(ARROW));
  readonly #note = element('div', { class: 'note', role: 'status' });
  /** Tells screen readers what the other side says, and nothing else that changes. */
  readonly #announcer = element('div', { class: 'hidden', 'aria-live': 'polite' });
  readonly #panel: HTMLElement;
  #announcedUntil: number | undefined;

  constructor(settings: Settings, memory: Memory, conversation: Conversation, session: Session) {
    this.#settings = settings;
    this.#memory = memory;
    this.#conversation = conversation;
    this.#session = session;
    this.#messages = new Messages(settings.title, (entry) => this.#retry(entry));
    this.#greeting.textContent = settings.greeting;
    this.#log.append(this.#earlier, this.#greeting, this.#messages.list);
    const form = element('form', {}, this.#field, this.#send);
    this.#panel = element(
      'section',
      { id: 'panel', class: 'panel', role: settings.mode === 'page' ? 'main' : 'dialog', 'aria-label': settings.title },
      element(
        'header',
        {},
        element('div', {}, element(settings.mode === 'page' ? 'h1' : 'h2', {}, settings.title), this.#status),
        this.#close,
      ),
      this.#log,
      element('footer', {}, this.#note, form),
      this.#announcer,
    );
    this.#listen(form);
  }

  /** Puts it on the page. */
  mount(parent: HTMLElement): void {
    const { accent, theme, side, mode } = this.#settings;
    const root = this.#host.attachShadow({ mode: 'open' });
    const style = new CSSStyleSheet();
    // Unlike a style element it needs no leave of the page's Content-Security-Policy.
    style.replaceSync(`${css}:host{--accent:${accent};--on-accent:${inkOn(accent)}}`);
    root.adoptedStyleSheets = [style];
    this.#host.dataset.theme = theme;
    this.#host.dataset.side = side;
    this.#host.dataset.mode = mode;
    if (mode === 'page') root.append(this.#panel);
    else root.append(this.#panel, this.#launcher);
    parent.append(this.#host);
    this.#setOpen(mode === 'page' || this.#memory.read().open === true);
    this.update();
    if (mode === 'page') this.#field.focus();
  }

  /** Shows what has changed. */
  update(): void {
    const { entries, more } = this.#conversation;
    const { connected, longest } = this.#session;
    const follows = this.#isNearEnd;
    const fromEnd = this.#log.scrollHeight - this.#log.scrollTop;
    this.#messages.show(entries);
    this.#earlier.hidden = more === undefined;
    this.#greeting.hidden = entries.length > 0 || more !== undefined;
    this.#status.textContent = STATUS[connected];
    this.#panel.dataset.connected = connected;
    this.#field.maxLength = longest;
    this.#log.scrollTop = follows ? this.#log.scrollHeight : this.#log.scrollHeight - fromEnd;
    this.#announce(entries);
    this.#count();
  }

  get #isOpen(): boolean {
    return !this.#panel.hidden;
  }

  get #isNearEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #listen(form: HTMLFormElement): void {
    this.#launcher.onclick = () => this.#toggle(!this.#isOpen);
    this.#close.onclick = () => this.#toggle(false);
    this.#earlier.onclick = () => this.#session.readMore();
    this.#panel.onkeydown = ({ key }) => {
      if (key === 'Escape' && this.#settings.mode === 'widget') this.#toggle(false);
    };
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    this.#field.oninput = () => this.#fit();
    this.#field.onkeydown = (event) => {
      // While a word is put together from several keys, Enter ends the word.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    };
    document.addEventListener('visibilitychange', () => this.#count());
  }

  #toggle(open: boolean): void {
    this.#memory.patch({ open });
    this.#setOpen(open);
    if (open) this.#field.focus();
    else this.#launcher.focus();
  }

  #setOpen(open: boolean): void {
    this.#panel.hidden = !open;
    this.#host.toggleAttribute('open', open);
    this.#launcher.setAttribute('aria-expanded', String(open));
    if (open) {
      this.#session.start();
      this.#log.scrollTop = this.#log.scrollHeight;
    }
    this.#count();
  }

  #submit(): void {
    const text = this.#field.value.trim();
    if (text === '') return;
    this.#field.value = '';
    this.#fit();
    this.#session.write(text);
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** What was not taken is written anew: in the field if that is empty, to be changed. */
  #retry({ id, text }: Entry): void {
    this.#conversation.withdraw(id);
    if (this.#field.value.trim() === '') {
      this.#field.value = text;
      this.#fit();
      this.#field.focus();
      this.update();
    } else this.#session.write(text);
  }

  /** As high as what is written, and says when it gets too long. */
  #fit(): void {
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight}px`;
    const left = this.#session.longest - this.#field.value.length;
    this.#note.textContent = left > 100 ? '' : `${left} characters left`;
  }

  #announce(entries: readonly Entry[]): void {
    const news = entries.filter(({ from, at }) => from !== 'visitor' && at > (this.#announcedUntil ?? 0));
    // What was there when the page came is not new.
    if (this.#announcedUntil !== undefined && this.#isOpen) {
      for (const { name, text } of news)
        this.#announcer.append(element('p', {}, `${name ?? this.#settings.title}: ${text}`));
    }
    while (this.#announcer.childElementCount > 5) this.#announcer.firstElementChild?.remove();
    if (this.#session.connected === 'online') this.#announcedUntil = this.#conversation.newestAt;
  }

  #count(): void {
    const isSeen = this.#isOpen && document.visibilityState === 'visible';
    if (isSeen) this.#markRead();
    const unread = isSeen ? 0 : this.#conversation.unread(this.#memory.read().readUntil ?? 0);
    this.#badge.textContent = unread > 99 ? '99+' : String(unread);
    this.#badge.hidden = unread === 0;
    const news = unread === 0 ? '' : `, ${unread} new ${unread === 1 ? 'message' : 'messages'}`;
    this.#launcher.setAttribute('aria-label', `${this.#settings.title}${news}`);
  }

  #markRead(): void {
    const { newestAt } = this.#conversation;
    if (newestAt > (this.#memory.read().readUntil ?? 0)) this.#memory.patch({ readUntil: newestAt });
  }
}
