import type { SharedMedia } from '../../src/protocol.ts';
import type { Entry } from './conversation.ts';
import { element } from './element.ts';
import { linkify } from './linkify.ts';

/** Messages by the same side that are no further apart than this stand together, in milliseconds. */
const TOGETHER = 5 * 60_000;

/** Where a message stands among the others. */
interface Place {
  /** Whether it is the first or the last of those that one side has said together. */
  readonly first: boolean;
  readonly final: boolean;
  readonly newest: boolean;
  /** Whether it says when: before a pause, and at the end. */
  readonly timed: boolean;
}

/** Shows messages in a list: keeps the elements of those that have not changed, so that a screen reader reads what is new only. */
export class Messages {
  readonly list: HTMLElement = element('div', { class: 'messages' });
  readonly #title: string;
  readonly #retry: (entry: Entry) => void;
  readonly #shown = new Map<string, { readonly key: string; readonly node: HTMLElement }>();

  /**
   * @param title whose words those of the bot are.
   * @param retry what to do when somebody wants a text sent again that was not taken.
   */
  constructor(title: string, retry: (entry: Entry) => void) {
    this.#title = title;
    this.#retry = retry;
  }

  show(entries: readonly Entry[]): void {
    const wanted = new Set<string>();
    let last: HTMLElement | undefined;
    const place = (id: string, key: string, make: () => HTMLElement): void => {
      wanted.add(id);
      const node = this.#nodeOf(id, key, make);
      const expected: Element | null = last === undefined ? this.list.firstElementChild : last.nextElementSibling;
      if (node !== expected) this.list.insertBefore(node, expected);
      last = node;
    };
    entries.forEach((entry, index) => {
      const before = entries[index - 1];
      const after = entries[index + 1];
      const day = dayOf(entry.at);
      if (before === undefined || dayOf(before.at) !== day) {
        const words = dayInWords(entry.at);
        place(`day ${day}`, words, () => element('div', { class: 'day' }, words));
      }
      const first = before === undefined || !areTogether(before, entry);
      const final = after === undefined || !areTogether(entry, after);
      const newest = after === undefined;
      const timed = newest || after.at - entry.at >= TOGETHER;
      const key = `${first} ${final} ${newest} ${timed} ${entry.state} ${entry.at}`;
      place(entry.id, key, () => this.#make(entry, { first, final, newest, timed }));
    });
    for (const [id, { node }] of this.#shown) {
      if (wanted.has(id)) continue;
      node.remove();
      this.#shown.delete(id);
    }
  }

  #nodeOf(id: string, key: string, make: () => HTMLElement): HTMLElement {
    const known = this.#shown.get(id);
    if (known?.key === key) return known.node;
    const node = make();
    known?.node.replaceWith(node);
    this.#shown.set(id, { key, node });
    return node;
  }

  #make(entry: Entry, place: Place): HTMLElement {
    const { first, final } = place;
    const { from, name, text, media, state } = entry;
    const who = from === 'visitor' ? 'You' : (name ?? (from === 'person' ? 'Our team' : this.#title));
    const classes = ['message', from, first && 'first', final && 'final', state].filter(Boolean).join(' ');
    return element(
      'div',
      { class: classes, 'data-id': entry.id },
      first && from === 'person' ? element('div', { class: 'who', 'aria-hidden': 'true' }, who) : undefined,
      element('span', { class: 'hidden' }, `${who} said:`),
      text === '' ? undefined : bubbleOf(text),
      ...media.map(attachmentOf),
      this.#footOf(entry, place),
    );
  }

  #footOf(entry: Entry, { newest, timed }: Place): HTMLElement | undefined {
    if (entry.state === 'failed') {
      const again = element('button', { type: 'button' }, 'Try again');
      again.onclick = () => this.#retry(entry);
      return element('div', { class: 'foot trouble' }, 'Not sent. ', again);
    }
    if (entry.state === 'sending') return element('div', { class: 'foot' }, 'Sending…');
    if (!timed) return undefined;
    const time = timeInWords(entry.at);
    return element('div', { class: 'foot' }, entry.state === 'delivered' && newest ? `Delivered · ${time}` : time);
  }
}

function areTogether(one: Entry, other: Entry): boolean {
  const isSameSide = one.from === other.from && one.name === other.name && one.state !== 'failed';
  return isSameSide && other.at - one.at < TOGETHER && dayOf(one.at) === dayOf(other.at);
}

function bubbleOf(text: string): HTMLElement {
  const pieces = linkify(text).map((piece) => (piece.href === undefined ? piece.text : linkTo(piece.href, piece.text)));
  return element('div', { class: 'bubble', dir: 'auto' }, ...pieces);
}

function linkTo(href: string, text: string | Node): HTMLElement {
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, text);
}

/** A picture, or a link where it is something else or cannot be shown. */
function attachmentOf({ url, contentType }: SharedMedia): HTMLElement | undefined {
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) return undefined;
  const name = decodeName(new URL(url).pathname.split('/').pop() ?? '') || 'Attachment';
  const asFile = () => element('div', { class: 'bubble' }, linkTo(url, name));
  if (contentType !== undefined && !contentType.startsWith('image/')) return asFile();
  const picture = element('img', { src: url, alt: name, loading: 'lazy', referrerpolicy: 'no-referrer' });
  const shown = element('div', { class: 'picture' }, linkTo(url, picture));
  picture.onerror = () => shown.replaceWith(asFile());
  return shown;
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}

function dayInWords(at: number): string {
  if (dayOf(at) === dayOf(Date.now())) return 'Today';
  if (dayOf(at) === dayOf(Date.now() - 86_400_000)) return 'Yesterday';
  return new Date(at).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
}

function timeInWords(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
}
