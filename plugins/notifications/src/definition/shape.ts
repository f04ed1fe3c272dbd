import type * as z from 'zod';

/** What is known of a value before there is one, as far as templates and lists of recipients need to know. */
export type Shape =
  /** Anything may be in it. */
  | { readonly kind: 'open' }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Shape> }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'value'; readonly type: 'text' | 'number' | 'boolean' };

const OPEN: Shape = { kind: 'open' };
const TEXT: Shape = { kind: 'value', type: 'text' };

/** The part of a schema's definition that this reads; zod has it for tools such as this one. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: z.ZodType;
}

/** What a schema of zod says. */
export function shapeOf(schema: z.ZodType): Shape {
  const { type, innerType, element, shape, catchall } = schema.def as unknown as Definition;
  if (innerType !== undefined) return shapeOf(innerType);
  switch (type) {
    case 'object':
      // Of a loose object nobody knows what else is in it.
      if (catchall !== undefined && catchall.def.type !== 'never') return OPEN;
      return { kind: 'object', fields: new Map(Object.entries(shape ?? {}).map(([key, one]) => [key, shapeOf(one)])) };
    case 'array':
      return { kind: 'list', item: element === undefined ? OPEN : shapeOf(element) };
    case 'number':
    case 'boolean':
      return { kind: 'value', type };
    case 'string':
    case 'enum':
    case 'template_literal':
      return TEXT;
    default:
      return OPEN;
  }
}

/** What templates may name of the actor, the app and the organization. */
export const KNOWN: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  [
    'actor',
    {
      kind: 'object',
      fields: new Map<string, Shape>([
        ...[
          'first_name',
          'last_name',
          'full_name',
          'email',
          'time_zone',
          'region',
          'postal_code',
          'locale',
          'phone',
        ].map((name) => [name, TEXT] as const),
        ['attributes', OPEN],
      ]),
    },
  ],
  ['app', { kind: 'object', fields: new Map([['id', TEXT]]) }],
  ['organization', { kind: 'object', fields: new Map([['name', TEXT]]) }],
]);

/** Where a path leaves what is known: the segment that is not there, and what would be. */
export interface Astray {
  /** From 0 on. */
  readonly index: number;
  readonly known: readonly string[];
}

type Segment = string | number | undefined;

/** Follows a path through what is known; `undefined` when all of it may be there. */
export function findAstray(path: readonly Segment[], roots: ReadonlyMap<string, Shape>): Astray | undefined {
  let shape: Shape = { kind: 'object', fields: roots };
  for (const [index, segment] of path.entries()) {
    const next = stepInto(shape, segment);
    if (next === undefined) return { index, known: shape.kind === 'object' ? [...shape.fields.keys()] : [] };
    shape = next;
  }
  return undefined;
}

/** Liquid knows how long things are. */
const SIZE: Shape = { kind: 'value', type: 'number' };

function stepInto(shape: Shape, segment: Segment): Shape | undefined {
  switch (shape.kind) {
    case 'open':
      return OPEN;
    case 'object':
      return segment === undefined ? OPEN : shape.fields.get(String(segment));
    case 'list':
      if (segment === 'size') return SIZE;
      return segment === undefined || typeof segment === 'number' || segment === 'first' || segment === 'last'
        ? shape.item
        : undefined;
    case 'value':
      return segment === 'size' ? SIZE : undefined;
  }
}
