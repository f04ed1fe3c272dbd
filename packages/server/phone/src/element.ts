type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Makes an element. Children that are strings become text, never markup: what people text is shown as they typed it.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  for (const child of children) if (child !== undefined) made.append(child);
  return made;
}

/** Sets what is a string, switches what is a boolean, removes what is `undefined`. */
export function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) target.removeAttribute(name);
    else target.setAttribute(name, value === true ? '' : value);
  }
}

/** Paths in a box of 24 by 24, drawn with lines. */
const ICONS = {
  plus: ['M12 5v14', 'M5 12h14'],
  close: ['M6 6l12 12', 'M18 6 6 18'],
  down: ['m7 10 5 5 5-5'],
  send: ['M12 19V5', 'm6 11 6-6 6 6'],
  picture: [
    'M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z',
    'm4 16 4.5-4.5 4 4 2.5-2.5 5 5',
    'M15.5 8.6v.01',
  ],
  moon: ['M20 14.5A8.2 8.2 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z'],
  sun: [
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
    'M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  ],
  phone: [
    'M8.5 2.8h7a1.7 1.7 0 0 1 1.7 1.7v15a1.7 1.7 0 0 1-1.7 1.7h-7a1.7 1.7 0 0 1-1.7-1.7v-15a1.7 1.7 0 0 1 1.7-1.7z',
    'M11 18.3h2',
  ],
  alert: ['M12 3.5 2.8 19.5h18.400z', 'M12 10v4.2', 'M12 16.900v.01'],
  check: ['m5 12.5 4.5 4.5L19 7.5'],
  retry: ['M19.5 12a7.5 7.5 0 1 1-2.3-5.400', 'M19.8 3.6v4h-4'],
} as const satisfies Record<string, readonly string[]>;

export type IconName = keyof typeof ICONS;

/** A drawn icon; always next to a label, so hidden from screen readers. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  setAttributes(svg, { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' });
  for (const d of ICONS[name]) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** A round button with an icon only. */
export function iconButton(name: IconName, label: string, className: string): HTMLButtonElement {
  return element(
    'button',
    { type: 'button', class: `round ${className}`, 'aria-label': label, title: label },
    icon(name),
  );
}

/** A disc with the first letter of a name; the same name always has the same colour. */
export function avatar(name: string, className = ''): HTMLElement {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7) % 6;
  const letter = /\p{L}/u.exec(name)?.[0]?.toUpperCase() ?? '#';
  return element('span', { class: `avatar ${className}`, 'data-hue': String(hue), 'aria-hidden': 'true' }, letter);
}
