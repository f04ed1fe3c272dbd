import { element, iconButton } from './element.ts';

/** A panel that slides up inside one phone. */
export interface Sheet {
  readonly node: HTMLElement;
  readonly open: (title: string, content: readonly Node[], focus?: HTMLElement) => void;
  readonly close: () => void;
}

/** @param behind what can not be used while the sheet is open. */
export function createSheet(behind: HTMLElement): Sheet {
  const heading = element('h2', {});
  const done = iconButton('close', 'Close', 'plain');
  const body = element('div', { class: 'sheet-body' });
  const panel = element(
    'div',
    { class: 'sheet', role: 'dialog', 'aria-modal': 'true' },
    element('header', {}, heading, done),
    body,
  );
  const shade = element('div', { class: 'shade' });
  const node = element('div', { class: 'sheet-layer', hidden: true }, shade, panel);
  let opener: Element | null = null;

  const close = () => {
    if (node.hidden) return;
    node.hidden = true;
    behind.inert = false;
    if (opener instanceof HTMLElement) opener.focus();
  };
  shade.addEventListener('click', close);
  done.addEventListener('click', close);
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    if (event.key === 'Tab') keepInside(panel, event);
  });

  return {
    node,
    close,
    open(title, content, focus) {
      opener = document.activeElement;
      heading.textContent = title;
      panel.setAttribute('aria-label', title);
      body.replaceChildren(...content);
      body.scrollTop = 0;
      node.hidden = false;
      behind.inert = true;
      (focus ?? done).focus();
    },
  };
}

/** Tab goes around in the panel; there are other phones outside, but they are not what is being asked. */
function keepInside(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = [...panel.querySelectorAll<HTMLElement>('button:not(:disabled), input')];
  const first = stops[0];
  const last = stops.at(-1);
  if (first === undefined || last === undefined) return;
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}
