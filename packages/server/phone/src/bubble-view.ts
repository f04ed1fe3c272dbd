import { element, icon } from './element.ts';
import { linkify } from './linkify.ts';
import { type StatusLine, statusLine } from './status.ts';
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

/** How long a text counts as just arrived. */
const NEW = 2_000;

interface BubbleActions {
  readonly onSendAgain: (key: string) => void;
  readonly onPicture: (url: string, opener: HTMLElement) => void;
}

/** One text with its pictures and its status. */
export function drawBubble(bubble: Bubble, look: BubbleLook, actions: BubbleActions): HTMLElement {
  const status = statusLine(bubble);
  const classes = ['message', bubble.side, status.tone];
  // Only what is new moves; a thread that is opened is just there.
  if (Date.now() - bubble.at < NEW) classes.push('arrives');
  if (look.first) classes.push('first');
  if (look.last) classes.push('last');
  const node = element('div', {
    class: classes.join(' '),
    'data-status': bubble.status,
    ...(bubble.id === undefined ? {} : { 'data-id': bubble.id }),
    title: [clockTime(bubble.at), status.label, bubble.id].filter(Boolean).join(' · '),
  });
  node.append(element('span', { class: 'unseen' }, bubble.side === 'mine' ? 'You: ' : 'Reply: '));
  for (const picture of bubble.media) node.append(drawMedia(picture, actions.onPicture));
  if (bubble.text !== '') node.append(drawText(bubble.text));
  if (status.tone !== 'fine' || look.latest) node.append(drawStatus(bubble, status, actions.onSendAgain));
  return node;
}

function drawText(text: string): HTMLElement {
  const body = element('p', { class: isBigEmoji(text) ? 'bubble emoji' : 'bubble', dir: 'auto' });
  for (const piece of linkify(text)) {
    if (piece.href === undefined) body.append(piece.text);
    else body.append(element('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer' }, piece.text));
  }
  return body;
}

function drawMedia(picture: Picture, onPicture: (url: string, opener: HTMLElement) => void): HTMLElement {
  const isPicture = picture.contentType?.startsWith('image/') ?? true;
  if (!isPicture) {
    const label = `Open ${picture.contentType}`;
    return element(
      'a',
      { class: 'bubble file', href: safeUrl(picture.url), target: '_blank', rel: 'noopener noreferrer' },
      label,
    );
  }
  const image = element('img', { src: picture.url, alt: 'Picture', loading: 'lazy', decoding: 'async' });
  const button = element('button', { type: 'button', class: 'picture', 'aria-label': 'Enlarge the picture' }, image);
  button.addEventListener('click', () => onPicture(picture.url, button));
  image.addEventListener('error', () => {
    button.replaceChildren(icon('picture'), element('span', {}, 'The picture could not be loaded'));
    button.classList.add('broken');
    button.disabled = true;
  });
  return button;
}

function drawStatus(bubble: Bubble, status: StatusLine, onSendAgain: (key: string) => void): HTMLElement {
  const line = element('p', { class: 'status' });
  if (status.tone === 'trouble') line.append(icon('alert'));
  line.append(element('span', {}, status.label));
  if (bubble.status === 'unsent') {
    const again = element('button', { type: 'button', class: 'again' }, 'Try again');
    again.addEventListener('click', () => onSendAgain(bubble.key));
    line.append(' ', again);
  }
  return line;
}

function safeUrl(url: string): string | undefined {
  return URL.canParse(url, location.href) && /^(?:https?|blob):$/.test(new URL(url, location.href).protocol)
    ? url
    : undefined;
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
