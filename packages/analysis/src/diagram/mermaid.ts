import type { StateOutline } from '@parley/core/host';
import { type Arrow, arrowsOf, linesOf } from './event-words.ts';

/**
 * A machine as a `stateDiagram-v2` of Mermaid.
 *
 * Mermaid draws no arrow between a state and one within it, and has little room for what a state with others in it does. There is a box
 * `anywhere in …` among the inner states for these, and one `… from its beginning` for arrows that lead outwards.
 */
export function mermaidOf(root: StateOutline, title?: string): string {
  const heading = title === undefined ? [] : ['---', `title: ${JSON.stringify(title)}`, '---'];
  return `${[...heading, 'stateDiagram-v2', ...new Writer(root).lines().map((line) => `  ${line}`)].join('\n')}\n`;
}

/** A box among the states within another, for what Mermaid can not draw at the state itself. */
interface Stand {
  readonly id: string;
  readonly lines: string[];
  readonly arrows: string[];
}

class Writer {
  readonly #root: StateOutline;
  readonly #states = new Map<string, StateOutline>();
  readonly #ids = new Map<string, string>();
  readonly #used = new Set<string>();
  /** What stands beside a state, by its path, and by what it stands for. */
  readonly #stands = new Map<string, Map<string, Stand>>();
  readonly #arrows: string[] = [];

  constructor(root: StateOutline) {
    this.#root = root;
    this.#collect(root);
    for (const state of this.#states.values()) {
      const lines = linesOf(state);
      if (state.states.length > 0 && lines.length > 0)
        this.#anywhere(state, state.states[0]?.path ?? '').lines.push(...lines);
      for (const arrow of arrowsOf(state)) this.#place(state, arrow);
    }
  }

  lines(): string[] {
    const { path, states, type } = this.#root;
    const isBoxed = states.length === 0 || type === 'parallel' || this.#standsBeside(states).length > 0;
    const body = isBoxed ? [`[*] --> ${this.#id(path)}`, ...this.#state(this.#root)] : this.#within(this.#root);
    return [...body, ...this.#arrows];
  }

  #collect(state: StateOutline): void {
    this.#states.set(state.path, state);
    this.#ids.set(state.path, this.#freeId(state.path === '' ? state.key : state.path));
    for (const inner of state.states) this.#collect(inner);
  }

  #place(state: StateOutline, { source, target, lines }: Arrow): void {
    const around = this.#states.get(target);
    if (source === target && state.states.length > 0) {
      const again = lines.map((line) => `${line}: from its beginning`);
      this.#anywhere(state, state.states[0]?.path ?? '').lines.push(...again);
    } else if (isWithin(target, source)) {
      const { id, arrows } = this.#anywhere(state, childOn(source, target));
      arrows.push(arrowLine(id, this.#id(target), lines));
    } else if (around !== undefined && isWithin(source, target)) {
      const { id, arrows } = this.#stand(around, childOn(target, source), `${around.key} from its beginning`, 'again');
      arrows.push(arrowLine(this.#id(source), id, lines));
    } else this.#arrows.push(arrowLine(this.#id(source), this.#id(target), lines));
  }

  /** Where arrows begin that lead from a state into it, wherever in it the machine is. */
  #anywhere(state: StateOutline, child: string): Stand {
    return this.#stand(state, child, `anywhere in ${state.key}`, 'anywhere');
  }

  /** What stands among the states within `around`: in regions that are drawn apart, beside `child`. */
  #stand(around: StateOutline, child: string, title: string, name: string): Stand {
    const beside = around.type === 'parallel' ? child : (around.states[0]?.path ?? child);
    const stands = this.#stands.get(beside) ?? new Map<string, Stand>();
    this.#stands.set(beside, stands);
    const known = stands.get(title);
    if (known !== undefined) return known;
    const stand = { id: this.#freeId(`${this.#id(around.path)}_${name}`), lines: [title], arrows: [] };
    stands.set(title, stand);
    return stand;
  }

  /** A state with what is in it. */
  #state(state: StateOutline): string[] {
    const id = this.#id(state.path);
    if (state.type === 'history') return [box(id, [state.history === 'deep' ? 'H*' : 'H'])];
    if (state.states.length > 0) {
      return [`${box(id, [state.key])} {`, ...this.#within(state).map((line) => `  ${line}`), '}'];
    }
    return [box(id, [state.key, ...linesOf(state)]), ...(state.type === 'final' ? [`${id} --> [*]`] : [])];
  }

  #within({ type, initial, states }: StateOutline): string[] {
    const first = states.find(({ key }) => key === initial);
    const begin = first === undefined ? [] : [`[*] --> ${this.#id(first.path)}`];
    const parts = states.map((inner) => [...this.#standsBeside([inner]), ...this.#state(inner)]);
    if (type !== 'parallel') return [...begin, ...parts.flat()];
    return parts.flatMap((part, index) => (index === 0 ? part : ['--', ...part]));
  }

  #standsBeside(states: readonly StateOutline[]): string[] {
    const stands = states.flatMap(({ path }) => [...(this.#stands.get(path)?.values() ?? [])]);
    return stands.flatMap(({ id, lines, arrows }) => [box(id, lines), ...arrows]);
  }

  #id(path: string): string {
    return this.#ids.get(path) ?? path;
  }

  /** A name of letters, digits and underscores that nothing else has and that is no word of Mermaid's. */
  #freeId(name: string): string {
    const letters = name
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .replace(/^(?=\d|$)/, 'state_');
    const own = RESERVED.test(letters) ? `${letters}_` : letters;
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
  return `${from} --> ${to} : ${plain(lines.join('\n'))}`;
}

function box(id: string, lines: readonly string[]): string {
  return `state "${plain(lines.join('\n'))}" as ${id}`;
}

/** All but what means nothing to Mermaid, its Markdown and HTML. */
const SPECIAL = /[^\p{L}\p{N}\p{M} .,!?'()[\]“”‘’…–—∗/+-]/gu;

/** A text with special characters by their numbers, and its line breaks as `<br>`. */
function plain(text: string): string {
  const lines = text.split('\n').map((line) =>
    line
      // Markdown is read after the numbers have become characters.
      .replaceAll('*', '∗')
      .replace(SPECIAL, (character) => `#${character.codePointAt(0)};`),
  );
  return lines.join('<br>');
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
