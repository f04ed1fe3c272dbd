import { element, icon, iconButton } from './element.ts';
import { segmentsOf } from './segments.ts';
import type { Attachment } from './store.ts';

/** The longest text that Twilio takes. */
const LONGEST = 1600;
const LARGEST_PICTURE = 5 * 1024 * 1024;
const MOST_PICTURES = 10;
const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];

export interface Composer {
  readonly node: HTMLFormElement;
  readonly focus: () => void;
  /** Takes pictures that were dropped on the phone. */
  readonly attach: (files: Iterable<File>) => void;
}

/** Where a text is typed. Enter sends, Shift+Enter makes a new line. */
export function createComposer(onSend: (text: string, pictures: readonly Attachment[]) => void): Composer {
  let pictures: readonly Attachment[] = [];

  const field = element('textarea', {
    rows: '1',
    placeholder: 'Text message',
    'aria-label': 'Text message',
    enterkeyhint: 'send',
    autocomplete: 'off',
  });
  const file = element('input', {
    type: 'file',
    accept: PICTURE_TYPES.join(','),
    multiple: true,
    hidden: true,
    tabindex: '-1',
  });
  const attach = iconButton('picture', 'Attach a picture', 'attach');
  const submit = element(
    'button',
    { type: 'submit', class: 'round send', 'aria-label': 'Send', title: 'Send (Enter)' },
    icon('send'),
  );
  const tray = element('div', { class: 'tray', hidden: true });
  const counter = element('p', { class: 'counter', hidden: true });
  const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
  const node = element(
    'form',
    { class: 'composer', novalidate: true },
    problem,
    tray,
    element('div', { class: 'row' }, attach, element('div', { class: 'field' }, field, submit)),
    counter,
    file,
  );

  function draw(): void {
    const text = field.value;
    field.style.height = 'auto';
    // Nothing has a height before it is on the page.
    if (field.value !== '') field.style.height = `${field.scrollHeight}px`;
    submit.disabled = (text.trim() === '' && pictures.length === 0) || text.length > LONGEST;
    counter.hidden = text === '' && pictures.length === 0;
    counter.textContent = countOf(text, pictures.length);
    counter.classList.toggle('over', text.length > LONGEST);
  }

  function drawTray(): void {
    tray.hidden = pictures.length === 0;
    tray.replaceChildren(
      ...pictures.map((picture) => {
        const remove = iconButton('close', 'Remove the picture', 'remove');
        remove.addEventListener('click', () => {
          URL.revokeObjectURL(picture.url);
          pictures = pictures.filter((other) => other !== picture);
          drawTray();
          field.focus();
        });
        return element(
          'div',
          { class: 'attached' },
          element('img', { src: picture.url, alt: 'Attached picture' }),
          remove,
        );
      }),
    );
    draw();
  }

  function complain(what: string | undefined): void {
    problem.hidden = what === undefined;
    problem.textContent = what ?? '';
  }

  function take(files: Iterable<File>): void {
    complain(undefined);
    for (const picked of files) {
      const trouble = troubleWith(picked, pictures.length);
      if (trouble === undefined) pictures = [...pictures, { file: picked, url: URL.createObjectURL(picked) }];
      else complain(trouble);
    }
    drawTray();
    field.focus();
  }

  attach.addEventListener('click', () => file.click());
  file.addEventListener('change', () => {
    take(file.files ?? []);
    file.value = '';
  });
  field.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files;
    if (files === undefined || files.length === 0) return;
    event.preventDefault();
    take(files);
  });
  field.addEventListener('input', draw);
  field.addEventListener('keydown', (event) => {
    // While an input method is composing, Enter picks a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    node.requestSubmit();
  });
  node.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (submit.disabled) return;
    const sent = pictures;
    pictures = [];
    field.value = '';
    complain(undefined);
    drawTray();
    field.focus();
    onSend(text, sent);
  });

  draw();
  return { node, focus: () => field.focus(), attach: take };
}

function countOf(text: string, pictures: number): string {
  if (text.length > LONGEST) return `${text.length - LONGEST} characters too many`;
  if (pictures > 0) return pictures === 1 ? 'MMS · 1 picture' : `MMS · ${pictures} pictures`;
  const { count, left, encoding } = segmentsOf(text);
  return `${count} ${count === 1 ? 'segment' : 'segments'} · ${left} left · ${encoding}`;
}

function troubleWith(file: File, already: number): string | undefined {
  if (!PICTURE_TYPES.includes(file.type)) return 'Phones send JPEG, PNG, GIF and WebP pictures.';
  if (file.size > LARGEST_PICTURE) return 'This picture is larger than 5 MB.';
  return already >= MOST_PICTURES ? 'A message has ten pictures at most.' : undefined;
}
