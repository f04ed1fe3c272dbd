import { element, icon } from './element.ts';
import { linkify } from './linkify.ts';
import { statusLine } from './status.ts';
import type { Bubble } from './thread.ts';
import { clockTime } from './time.ts';
import type { Picture } from './types.ts';

/** Where a bubble stands among its neighbours. */
export interface BubbleLook {
  readonly first: boolean;
  readonly last: boolean;
  /** The newest of its side: its status is always shown. */
  readonly latest: boolean;
}

/** One text with its pictures and its status. */
export interface BubbleView {
  readonly node: HTMLElement;
  readonly draw: (bubble: Bubble, look: BubbleLook) => void;
}

interface BubbleActions {
  readonly onSendAgain: (key: string) => void;
  readonly onPicture: (url: string, opener: HTMLElement) => void;
}

/** How long a text counts as just arrived. */
const NEW = 2_000;

/**
 * A bubble that is drawn once and from then on only changes its status: a screen reader would read a new node out again,
 * and pictures would flicker.
 */
export function createBubbleView(first: Bubble, actions: BubbleActions): BubbleView {
  const speaker = element('span', { class: 'unseen' }, first.side === 'mine' ? 'You: ' : 'Reply: ');
  const content = element('div', { class: 'content' });
  const label = element('span', {});
  const again = element('button', { type: 'button', class: 'again', hidden: true }, 'Try again');
  const status = element('p', { class: 'status' }, icon('alert'), label, again);
  // Only what is new moves; a thread that is opened is just there.
  const arrives = Date.now() - first.at < NEW;
  const node = element('div', {}, speaker, content, status);
  let shown = '';

  again.addEventListener('click', () => actions.onSendAgain(first.key));

  function draw(bubble: Bubble, look: BubbleLook): void {
    const { tone, label: words } = statusLine(bubble);
    node.className = ['message', bubble.side, tone, look.first && 'first', look.last && 'last', arrives && 'arrives']
      .filter(Boolean)
      .join(' ');
    node.dataset.status = bubble.status;
    if (bubble.id !== undefined) node.dataset.id = bubble.id;
    node.title = [clockTime(bubble.at), words, bubble.id].filter(Boolean).join(' · ');
    label.textContent = words;
    again.hidden = bubble.status !== 'unsent';
    status.hidden = tone === 'fine' && !look.latest;
    // Trouble is worth an announcement; every step on the way is not.
    status.setAttribute('aria-live', tone === 'trouble' ? 'polite' : 'off');

    const signature = JSON.stringify([bubble.text, bubble.media]);
    if (signature === shown) return;
    shown = signature;
    content.replaceChildren(...bubble.media.map((picture) => drawMedia(picture, actions.onPicture)));
    if (bubble.text !== '') content.append(drawText(bubble.text));
  }

  return { node, draw };
}

function drawText(text: string): HTMLElement {
  const body = element('p', { class: isBigEmoji(text) ? 'bubble emoji' : 'bubble', dir: 'auto' });
  for (const piece of linkify(text)) {
    if (piece.href === undefined) body.append(piece.text);
    else body.append(element('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer' }, piece.text));
  }
  return body;
}

/** What says that it is no picture is a link; what says nothing is tried as a picture first. */
function drawMedia(media: Picture, onPicture: (url: string, opener: HTMLElement) => void): HTMLElement {
  const type = media.contentType ?? 'application/octet-stream';
  const unknown = type === 'application/octet-stream';
  if (!unknown && !type.startsWith('image/')) return drawFile(media.url, type);

  const image = element('img', { src: media.url, alt: 'Picture', decoding: 'async' });
  const button = element('button', { type: 'button', class: 'picture', 'aria-label': 'Enlarge the picture' }, image);
  button.addEventListener('click', () => onPicture(media.url, button));
  image.addEventListener('error', () => {
    if (unknown) return button.replaceWith(drawFile(media.url, 'the file'));
    button.replaceChildren(icon('picture'), element('span', {}, 'The picture could not be loaded'));
    button.classList.add('broken');
    button.disabled = true;
  });
  return button;
}

function drawFile(url: string, what: string): HTMLElement {
  const href = safeUrl(url);
  return element(
    'p',
    { class: 'bubble' },
    element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, `Open ${what}`),
  );
}

function safeUrl(url: string): string | undefined {
  if (!URL.canParse(url, document.baseURI)) return undefined;
  const { protocol, href } = new URL(url, document.baseURI);
  return ['http:', 'https:', 'blob:'].includes(protocol) ? href : undefined;
}

/** Up to three emoji and nothing else. */
function isBigEmoji(text: string): boolean {
  // The longest emoji, a family, has eleven units.
  if (text.length > 40) return false;
  const characters = [...new Intl.Segmenter().segment(text.replace(/\s/g, ''))];
  const emoji = characters.every(({ segment }) =>
    /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator})/u.test(segment),
  );
  return emoji && characters.length > 0 && characters.length <= 3;
}
