import { element, iconButton } from './element.ts';

/** Shows one picture as large as the window. */
export function createLightbox(): {
  readonly node: HTMLElement;
  readonly show: (url: string, opener: HTMLElement) => void;
} {
  const image = element('img', { alt: 'Picture, enlarged' });
  const close = iconButton('close', 'Close', 'over');
  const node = element('dialog', { class: 'lightbox', 'aria-label': 'Picture' }, image, close);
  let opener: HTMLElement | undefined;
  node.addEventListener('click', (event) => {
    if (event.target !== image) node.close();
  });
  node.addEventListener('close', () => opener?.focus());
  return {
    node,
    show(url, from) {
      opener = from;
      image.src = url;
      node.showModal();
    },
  };
}
