/** What stands for an actor in a view. */
export interface RefView {
  readonly actor: string;
}

/** Makes values comparable: errors by name and message, actors by path. */
export function comparable(value: unknown, refOf: (value: object) => RefView | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const ref = refOf(value);
  if (ref !== undefined) return ref;
  if (value instanceof Error) return { error: value.name, message: value.message };
  if (Array.isArray(value)) return value.map((item) => comparable(item, refOf));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, comparable(item, refOf)]));
  if (value instanceof Set) return new Set([...value].map((item) => comparable(item, refOf)));
  if (value instanceof Date || value instanceof RegExp) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [nameOf(key), comparable(item, refOf)]));
}

/** What is called `constructor` would be taken for the class of the object by whoever compares. */
function nameOf(key: string): string {
  return key === 'constructor' ? `the key ${key}` : key;
}

/** XState names actors without an id by a counter of the process, a host by one of the document. */
const ANONYMOUS = /\b(?:x:|actor-)(\d+)\b/g;

/** Renames actors without an id by the order in which they were made, so that both runs call them alike. */
export class Anonymous {
  readonly #names: Map<string, string>;

  constructor(names: Iterable<readonly [string, string]> = []) {
    this.#names = new Map(names);
  }

  get names(): readonly (readonly [string, string])[] {
    return [...this.#names];
  }

  rename<Value>(value: Value): Value {
    const found = new Map<string, number>();
    mapText(value, (text) => {
      for (const [name, number] of text.matchAll(ANONYMOUS)) found.set(name, Number(number));
      return text;
    });
    for (const [name] of [...found].sort(([, one], [, other]) => one - other)) {
      if (!this.#names.has(name)) this.#names.set(name, `anonymous ${this.#names.size + 1}`);
    }
    return mapText(value, (text) => text.replace(ANONYMOUS, (name) => this.#names.get(name) ?? name)) as Value;
  }
}

function mapText(value: unknown, change: (text: string) => string): unknown {
  const map = (part: unknown): unknown => {
    if (typeof part === 'string') return change(part);
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(map);
    if (part instanceof Map) return new Map([...part].map(([key, item]) => [map(key), map(item)]));
    if (part instanceof Set) return new Set([...part].map(map));
    if (part instanceof Date || part instanceof RegExp) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [map(key), map(item)]));
  };
  return map(value);
}

/** Without the keys whose value is `undefined`: for what XState spells out although it is not there. */
export function present<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Value;
}
