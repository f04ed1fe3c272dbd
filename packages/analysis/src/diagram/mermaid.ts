import type { StateOutline } from '@parley/core/host';
import { type Arrow, arrowsOf, linesOf } from './event-words.ts';

export interface MermaidOptions {
  /** Stands above the diagram. Default: nothing does. */
  readonly title?: string;
}

/**
 * A machine as a `stateDiagram-v2` of Mermaid.
 *
 * Mermaid draws no arrow between a state and one within it. Where a machine has one, it begins at a box `anywhere in …` among the inner
 * states, or leads to a box `… from its beginning`.
 */
export function toMermaid(root: StateOutline, { title }: MermaidOptions = {}): string {
  const heading = title === undefined ? [] : ['---', `title: ${JSON.stringify(title)}`, '---'];
  return `${[...heading, 'stateDiagram-v2', ...new Writer(root).lines().map((line) => `  ${line}`)].join('\n')}\n`;
}

/** A box that stands for a state around it, so that Mermaid can draw an arrow. */
interface Stand {
  readonly id: string;
  readonly title: string;
  readonly arrow: string;
}

class Writer {
  readonly #root: StateOutline;
  readonly #states = new Map<string, StateOutline>();
  readonly #ids = new Map<string, string>();
  readonly #used = new Set<string>();
  /** By the path of the state that they stand next to. */
  readonly #stands = new Map<string, Stand[]>();
  /** The arrows that are not written with a stand. */
  readonly #arrows: Arrow[] = [];

  constructor(root: StateOutline) {
    this.#root = root;
    this.#collect(root);
    for (const state of this.#states.values()) for (const arrow of arrowsOf(state)) this.#place(state, arrow);
  }

  lines(): string[] {
    const root = this.#root;
    const isBoxed = root.states.length === 0 || linesOf(root).length > 0 || root.transitions.length > 0;
    const body =
      isBoxed || root.type === 'parallel' ? [`[*] --> ${this.#id('')}`, ...this.#state(root)] : this.#within(root);
    const arrows = this.#arrows.map(({ source, target, lines }) =>
      arrowLine(this.#id(source), this.#id(target), lines),
    );
    return [...body, ...arrows];
  }

  #collect(state: StateOutline): void {
    this.#states.set(state.path, state);
    this.#ids.set(state.path, this.#freeId(state.path === '' ? state.key : state.path));
    for (const inner of state.states) this.#collect(inner);
  }

  #place(state: StateOutline, arrow: Arrow): void {
    const { source, target, lines } = arrow;
    if (source === target && state.states.length > 0) return this.#again(arrow, state, state.states[0]?.path ?? '');
    if (isWithin(target, source)) {
      const stand = this.#freeId(`${this.#id(source)}_anywhere`);
      this.#stand(childOn(source, target), {
        id: stand,
        title: `anywhere in ${state.key}`,
        arrow: arrowLine(stand, this.#id(target), lines),
      });
    } else if (isWithin(source, target)) {
      this.#again(arrow, this.#states.get(target) ?? state, childOn(target, source));
    } else this.#arrows.push(arrow);
  }

  /** An arrow that leads to a state around where it begins. */
  #again({ source, lines }: Arrow, around: StateOutline, beside: string): void {
    const stand = this.#freeId(`${this.#id(around.path)}_again`);
    const from = source === around.path ? [] : [arrowLine(this.#id(source), stand, lines)];
    const title = [`${around.key} from its beginning`, ...(from.length === 0 ? lines : [])];
    this.#stand(beside, { id: stand, title: title.join('\n'), arrow: from[0] ?? '' });
  }

  #stand(beside: string, stand: Stand): void {
    this.#stands.set(beside, [...(this.#stands.get(beside) ?? []), stand]);
  }

  /** A state with what is in it. */
  #state(state: StateOutline): string[] {
    const id = this.#id(state.path);
    if (state.type === 'history') return [`state ${string(state.history === 'deep' ? 'H*' : 'H')} as ${id}`];
    const box = `state ${string([state.key, ...linesOf(state)].join('\n'))} as ${id}`;
    const end = state.type === 'final' ? [`${id} --> [*]`] : [];
    if (state.states.length === 0) return [box, ...end];
    return [`${box} {`, ...this.#within(state).map((line) => `  ${line}`), '}'];
  }

  #within(state: StateOutline): string[] {
    const initial = state.states.find(({ key }) => key === state.initial);
    const begin = initial === undefined ? [] : [`[*] --> ${this.#id(initial.path)}`];
    const parts = state.states.map((inner) => [...this.#state(inner), ...this.#standsBeside(inner)]);
    if (state.type !== 'parallel') return [...begin, ...parts.flat()];
    return parts.flatMap((part, index) => (index === 0 ? part : ['--', ...part]));
  }

  #standsBeside({ path }: StateOutline): string[] {
    return (this.#stands.get(path) ?? []).flatMap(({ id, title, arrow }) => [
      `state ${string(title)} as ${id}`,
      ...(arrow === '' ? [] : [arrow]),
    ]);
  }

  #id(path: string): string {
    return this.#ids.get(path) ?? path;
  }

  /** A name of letters, digits and underscores that nothing else has and that is no word of Mermaid's. */
  #freeId(name: string): string {
    const plain = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^(?=\d|$)/, 'state_');
    const own = RESERVED.test(plain) ? `${plain}_` : plain;
    let id = own;
    for (let count = 2; this.#used.has(id); count++) id = `${own}_${count}`;
    this.#used.add(id);
    return id;
  }
}

/** Words at the beginning of a line that mean something to Mermaid, and names that every object of JavaScript has. */
const RESERVED =
  /^(state|note|end|end_note|class|classdef|style|click|href|default|direction|scale|hide|fork|join|choice|root|acctitle|accdescr|as|left|right|of|constructor|__proto__|tostring|valueof|hasownproperty|prototype)$/i;

function arrowLine(from: string, to: string, lines: readonly string[]): string {
  return `${from} --> ${to} : ${escape(lines.join('\n'))}`;
}

function string(text: string): string {
  return `"${escape(text)}"`;
}

/**
 * Characters that mean nothing to Mermaid, its Markdown or HTML stay; others go by their number. Line breaks are `<br>`, wherever
 * they came from.
 */
function escape(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line.replace(/[^\p{L}\p{N}\p{M} .,!?'()[\]“”‘’…–—/+-]/gu, (character) => `#${character.codePointAt(0)};`),
    )
    .join('<br>');
}

/** Whether a state is within another. */
function isWithin(path: string, around: string): boolean {
  return path !== around && (around === '' || path.startsWith(`${around}.`));
}

/** The child of a state that a path within it goes through. */
function childOn(around: string, path: string): string {
  const rest = around === '' ? path : path.slice(around.length + 1);
  const [child = ''] = rest.split('.', 1);
  return around === '' ? child : `${around}.${child}`;
}
