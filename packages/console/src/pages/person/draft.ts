import type { Actor, BodyOf } from '@parley/api';
import { FIELDS, type FieldName } from './fields.ts';

/** A profile as it is being changed: all text, attributes as JSON or as they are typed. */
export interface Draft {
  readonly fields: Readonly<Record<FieldName, string>>;
  readonly attributes: readonly { readonly id: number; readonly name: string; readonly value: string }[];
}

export function draftOf(actor: Actor): Draft {
  return {
    fields: Object.fromEntries(FIELDS.map(({ name }) => [name, actor[name] ?? ''])) as Draft['fields'],
    attributes: Object.entries(actor.attributes ?? {}).map(([name, value], id) => ({ id, name, value: shown(value) })),
  };
}

/** What differs from what is known: `null` forgets. */
export function patchOf(actor: Actor, { fields, attributes }: Draft): BodyOf<'PATCH /people/:conversation'> {
  const changed = FIELDS.flatMap(({ name }) => {
    const value = fields[name].trim();
    return value === (actor[name] ?? '') ? [] : [[name, value === '' ? null : value] as const];
  });
  const known = actor.attributes ?? {};
  const given = new Map(
    attributes.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]),
  );
  const forgotten = Object.keys(known).filter((name) => !given.has(name));
  const set = [...given].filter(([name, value]) => !(name in known) || shown(known[name]) !== value);
  const patch = [...forgotten.map((name) => [name, null]), ...set.map(([name, value]) => [name, read(value)])];
  return {
    ...Object.fromEntries(changed),
    ...(patch.length === 0 ? {} : { attributes: Object.fromEntries(patch) }),
  };
}

/** A text as it is, unless it would be read as something else; anything else as JSON. */
function shown(value: unknown): string {
  return typeof value === 'string' && typeof read(value) === 'string' ? value : JSON.stringify(value);
}

/** `3`, `true` and `{"a": 1}` are what they look like; everything else is a text. */
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
