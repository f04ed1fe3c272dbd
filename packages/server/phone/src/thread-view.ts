import { type BubbleView, createBubbleView } from './bubble-view.ts';
import { avatar, element, icon } from './element.ts';
import { showNumber } from './numbers.ts';
import type { Bubble, Thread } from './thread.ts';
import { needsTime, separatorTime } from './time.ts';
import type { AppView } from './types.ts';

export interface ThreadView {
  readonly node: HTMLElement;
  /** Draws what has changed. */
  readonly draw: (app: AppView, organization: string, thread: Thread) => void;
  readonly toEnd: () => void;
  /** Whether the newest text can be seen. */
  readonly atEnd: () => boolean;
}

export interface ThreadActions {
  readonly onText: (text: string) => void;
  readonly onSendAgain: (key: string) => void;
  readonly onPicture: (url: string, opener: HTMLElement) => void;
  /** The reader is back at the newest text. */
  readonly onRead: () => void;
}

/** How far from the end still counts as there. */
const NEAR = 40;

/** The texts of one conversation. Follows the newest one, unless the reader has scrolled up. */
export function createThreadView(actions: ThreadActions): ThreadView {
  const list = element('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': 'Texts',
    tabindex: '0',
  });
  const inner = element('div', { class: 'log-inner' });
  const newer = element('button', { type: 'button', class: 'newer', hidden: true });
  const node = element('div', { class: 'log-frame' }, list, newer);
  list.append(inner);

  const bubbles = new Map<string, BubbleView>();
  /** What is between the bubbles, with what it was made of. */
  const between = new Map<string, { readonly node: HTMLElement; readonly signature: string }>();
  let following = true;
  let unseen = 0;
  let last: string | undefined;

  const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
  const toEnd = () => {
    following = true;
    list.scrollTop = list.scrollHeight;
    seen();
  };
  const seen = () => {
    unseen = 0;
    newer.hidden = true;
    actions.onRead();
  };

  list.addEventListener('scroll', () => {
    following = atEnd();
    if (following) seen();
  });
  newer.addEventListener('click', toEnd);
  // Pictures that load, a keyboard that opens: whatever changes the size must not lose the end.
  const resized = new ResizeObserver(() => {
    if (following) list.scrollTop = list.scrollHeight;
  });
  resized.observe(inner);
  resized.observe(list);

  function bubbleFor(bubble: Bubble): BubbleView {
    const view = bubbles.get(bubble.key) ?? createBubbleView(bubble, actions);
    bubbles.set(bubble.key, view);
    return view;
  }

  function other(key: string, signature: string, make: () => HTMLElement): HTMLElement {
    const known = between.get(key);
    if (known?.signature === signature) return known.node;
    const node = make();
    known?.node.replaceWith(node);
    between.set(key, { node, signature });
    return node;
  }

  function draw(app: AppView, organization: string, thread: Thread): void {
    const empty = thread.length === 0;
    const nodes: Node[] = [
      other('about', JSON.stringify([app, organization, empty]), () => about(app, organization, empty, actions.onText)),
    ];
    const now = Date.now();
    thread.forEach((bubble, index) => {
      const before = thread[index - 1];
      if (needsTime(before?.at, bubble.at)) {
        const { day, time } = separatorTime(bubble.at, now);
        nodes.push(other(`time ${bubble.key}`, `${day} ${time}`, () => separator(day, time)));
      }
      const view = bubbleFor(bubble);
      const last = !belongs(bubble, thread[index + 1]);
      view.draw(bubble, { first: !belongs(before, bubble), last, latest: isLatestOfSide(thread, index) });
      nodes.push(view.node);
    });
    arrange(inner, nodes);
    forgetAllBut(bubbles, inner);
    forgetAllBut(between, inner);
    follow(thread.at(-1));
  }

  function follow(newest: Bubble | undefined): void {
    const arrived = newest !== undefined && newest.key !== last;
    last = newest?.key;
    if (following || (arrived && newest.status === 'posting')) {
      following = true;
      list.scrollTop = list.scrollHeight;
    } else if (arrived && newest.side === 'theirs') {
      unseen += 1;
      newer.replaceChildren(icon('down'), unseen === 1 ? '1 new text' : `${unseen} new texts`);
      newer.hidden = false;
    }
  }

  return { node, draw, toEnd, atEnd: () => following };
}

/** Makes `nodes` the children of `parent`, moving only what is not in its place: what moves loses focus and scroll. */
function arrange(parent: HTMLElement, nodes: readonly Node[]): void {
  nodes.forEach((node, index) => {
    const there = parent.childNodes[index];
    if (there !== node) parent.insertBefore(node, there ?? null);
  });
  while (parent.childNodes.length > nodes.length) parent.lastChild?.remove();
}

function forgetAllBut(views: Map<string, { readonly node: HTMLElement }>, parent: HTMLElement): void {
  for (const [key, { node }] of views) if (node.parentNode !== parent) views.delete(key);
}

/** Whether two texts stand together: same side, and nothing between them. */
function belongs(before: Bubble | undefined, after: Bubble | undefined): boolean {
  return before !== undefined && after !== undefined && before.side === after.side && !needsTime(before.at, after.at);
}

function isLatestOfSide(thread: Thread, index: number): boolean {
  const side = thread[index]?.side;
  return !thread.slice(index + 1).some((bubble) => bubble.side === side);
}

function separator(day: string, time: string): HTMLElement {
  return element('p', { class: 'time' }, element('strong', {}, day), ` ${time}`);
}

/** The head of a thread; while it is empty, also what to do. */
function about(app: AppView, organization: string, empty: boolean, onText: (text: string) => void): HTMLElement {
  const head = element(
    'div',
    { class: empty ? 'about empty' : 'about' },
    avatar(app.name, 'large'),
    element('h2', {}, app.name),
    element('p', { class: 'about-number' }, showNumber(app.address)),
  );
  if (!empty || !app.emulated) return head;
  head.append(element('p', { class: 'about-hint' }, `Text anything to ${organization}.`));
  if (app.keywords.length > 0) {
    const words = app.keywords.map((word) => {
      const button = element('button', { type: 'button', class: 'chip' }, word);
      button.addEventListener('click', () => onText(word));
      return button;
    });
    head.append(element('div', { class: 'chips', role: 'group', 'aria-label': 'Words that start a bot' }, ...words));
  }
  return head;
}
