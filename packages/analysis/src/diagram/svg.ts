import type { StateOutline } from '@parley/core/host';
import { shorten } from './event-words.ts';
import { headHeight, SIZES } from './graph.ts';
import { type Layout, layOut, type Point } from './layout.ts';
import { styleSheet } from './style-sheet.ts';

/**
 * A machine as a drawing, light or dark as the reader has it, in whatever font the system has. What is cut off in it is in the title of its box
 * or its arrow, for the mouse and for screen readers.
 *
 * @param title what the drawing is called: it stands above it, and is what a screen reader says.
 */
export async function svgOf(root: StateOutline, title: string = root.key): Promise<string> {
  const layout = await layOut(root);
  const width = Math.ceil(Math.max(layout.width, title.length * 9) + 2 * SIZES.margin);
  const height = Math.ceil(layout.height + 2 * SIZES.margin + HEADING);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title summary">`,
    `<title id="title">${xml(title)}</title>`,
    `<desc id="summary">${xml(summaryOf(layout))}</desc>`,
    `<style>${styleSheet}</style>`,
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="head" d="M0 1 L10 5 L0 9 z"/></marker></defs>',
    `<rect class="paper" width="${width}" height="${height}"/>`,
    text('heading', title, { x: SIZES.margin, y: SIZES.margin + 14 }),
    `<g transform="translate(${SIZES.margin} ${SIZES.margin + HEADING})">`,
    ...layout.boxes.map(boxOf),
    ...layout.dots.map(({ x, y, width: size }) => circle('dot', { x: x + size / 2, y: y + size / 2 }, size / 2)),
    ...layout.arrows.map(({ points }) => `<path class="arrow" d="${pathOf(points)}" marker-end="url(#head)"/>`),
    // After all arrows, so that none runs through a label.
    ...layout.arrows.map(labelOf),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** What the heading takes. */
const HEADING = 28;

function summaryOf({ boxes, arrows }: Layout): string {
  const states = boxes.slice(1).map(({ state }) => state.path);
  const ways = arrows.flatMap(({ arrow }) => (arrow === undefined ? [] : [arrow]));
  const words = ways.map(
    ({ source, target, lines }) => `${source || 'Anywhere'} to ${target || 'its beginning'}: ${lines.join(', ')}.`,
  );
  return [states.length === 0 ? 'One state.' : `States: ${states.join(', ')}.`, ...words].join(' ');
}

function boxOf({ state, title, lines, area }: Layout['boxes'][number]): string {
  const { x, y, width, height } = area;
  const center = x + width / 2;
  const whole = `<title>${xml([state.key, state.description, ...(state.says ?? [])].filter(Boolean).join('\n'))}</title>`;
  if (state.type === 'history') {
    const middle = { x: center, y: y + height / 2 };
    const letter = text('name middle', state.history === 'deep' ? 'H*' : 'H', { x: middle.x, y: middle.y + 4.5 });
    return `<g class="state history">${whole}${circle('box', middle, width / 2)}${letter}</g>`;
  }
  const isAround = state.states.length > 0;
  const at = isAround ? x + 14 : center;
  const place = isAround ? '' : ' middle';
  const radius = isAround ? 10 : 8;
  const parts = [
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`,
    ...(state.type === 'final'
      ? [`<rect class="inner" x="${x + 3}" y="${y + 3}" width="${width - 6}" height="${height - 6}" rx="5.5"/>`]
      : []),
    ...(isAround && lines.length > 0
      ? [`<path class="rule" d="M${x} ${y + headHeight({ state, title, lines })}h${width}"/>`]
      : []),
    `<text class="name${place}" x="${at}" y="${y + 20}">${xml(title)}${state.type === 'parallel' ? '<tspan class="kind"> · parallel</tspan>' : ''}</text>`,
    ...lines.map((line, index) =>
      text(`line${place}${line.startsWith('“') ? ' said' : ''}`, line, {
        x: at,
        y: y + SIZES.head + 8 + index * SIZES.lineHeight,
      }),
    ),
  ];
  return `<g class="state ${state.type}${isAround ? ' around' : ''}">${whole}${parts.join('')}</g>`;
}

function labelOf({ arrow, label }: Layout['arrows'][number]): string {
  if (arrow === undefined || label === undefined) return '';
  const lines = arrow.lines.map((line, index) => {
    const at = { x: label.x + label.width / 2, y: label.y + 11.5 + index * SIZES.lineHeight };
    return text(`label middle${line.startsWith('“') ? ' said' : ''}`, shorten(line, 64), at);
  });
  const title = [`${arrow.source || 'anywhere'} → ${arrow.target || 'its beginning'}`, ...arrow.lines];
  return `<g><title>${xml(title.join('\n'))}</title>${lines.join('')}</g>`;
}

function text(kind: string, words: string, { x, y }: Point): string {
  return `<text class="${kind}" x="${round(x)}" y="${round(y)}">${xml(words)}</text>`;
}

function circle(kind: string, { x, y }: Point, radius: number): string {
  return `<circle class="${kind}" cx="${round(x)}" cy="${round(y)}" r="${radius}"/>`;
}

const CORNER = 7;

/** A line through all points, with its corners rounded. */
function pathOf([first, ...rest]: readonly Point[]): string {
  if (first === undefined) return '';
  let path = `M${point(first)}`;
  let from = first;
  for (const [index, corner] of rest.entries()) {
    const next = rest[index + 1];
    if (next === undefined) return `${path}L${point(corner)}`;
    path += `L${point(towards(corner, from))}Q${point(corner)} ${point(towards(corner, next))}`;
    from = corner;
  }
  return path;
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return from;
  const part = Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function point({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What XML may hold; characters that it may not are left out. */
function xml(words: string): string {
  return words
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
