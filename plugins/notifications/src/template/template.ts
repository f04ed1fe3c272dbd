import { Liquid, type Template as Node, type StaticAnalysis } from 'liquidjs';
import { cleanValue, closeGaps, trimLines } from './clean.ts';
import { formatDate, readDate } from './date-format.ts';
import { createFilters, formattingOf } from './filters.ts';
import { createFormatters, Formatting, type FormattingOptions } from './formatting.ts';

/** A text with variables, read once and rendered for everybody. */
export interface Template {
  /** The variables that it names and does not assign itself. */
  readonly variables: readonly VariableUse[];
  /** @throws what a filter throws, and when the text takes too long or too much to make. */
  render(scope: object, options: FormattingOptions): string;
}

/** A variable where a template names it: `actor.first_name` is two segments; one that is only known later is `undefined`. */
export interface VariableUse {
  readonly path: readonly (string | number | undefined)[];
  /** From 1 on. */
  readonly line: number;
}

/** Reads templates. What it is given can neither reach files nor run for long. */
export interface Templates {
  /** @throws an error whose message says what is wrong and where. */
  read(source: string): Template;
}

/** All of these read other templates, which there are none of, or write HTML. */
const TAGS_WITHOUT = ['include', 'render', 'layout', 'block', 'tablerow'];

/** `raw` would let values through uncleaned; the others know the computer's own zone or a chance of their own. */
const FILTERS_WITHOUT = [
  'raw',
  'sample',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
];

/** In characters; a text has 1,600 at most. */
const LONGEST_TEMPLATE = 20_000;

/**
 * In milliseconds. Liquid goes by the clock on the wall, which goes on while the process waits for a processor or its disk: nobody is to
 * miss a text because of that, so one that has taken too long is tried again.
 */
const LONGEST_RENDERING = 250;
const TRIES = 3;

/** Liquid counts what is made on the way: characters, items of ranges. */
const MOST_MADE = 200_000;

export function createTemplates(): Templates {
  const engine = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    templates: {},
    parseLimit: LONGEST_TEMPLATE,
    renderLimit: LONGEST_RENDERING,
    memoryLimit: MOST_MADE,
    outputEscape: writeValue,
  });
  for (const tag of TAGS_WITHOUT) delete engine.tags[tag];
  for (const filter of FILTERS_WITHOUT) engine.unregisterFilter(filter);
  for (const [name, filter] of Object.entries(createFilters(createFormatters()))) {
    engine.registerFilter(name, function (value: unknown, ...args: readonly unknown[]) {
      return value === undefined || value === null ? value : filter(formattingOf(this.context.globals), value, ...args);
    });
  }

  function render(nodes: Node[], scope: object, formatting: Formatting): string {
    const rendered = String(engine.renderSync(nodes, scope, { globals: { formatting } }));
    return trimLines(formatting.hasGaps ? closeGaps(rendered, formatting.locale) : rendered);
  }

  return {
    read(source) {
      const nodes: Node[] = engine.parse(source);
      return {
        variables: usesIn(engine.analyzeSync(nodes, { partials: false })),
        render: (scope, options) => inTime(() => render(nodes, scope, new Formatting(options))),
      };
    },
  };
}

function inTime(render: () => string): string {
  for (let tries = 1; ; tries++) {
    try {
      return render();
    } catch (error) {
      const isLate = error instanceof Error && error.message.includes('template render limit');
      if (!isLate || tries === TRIES) throw error;
    }
  }
}

function usesIn({ globals }: StaticAnalysis): readonly VariableUse[] {
  return Object.values(globals).flatMap((uses) =>
    uses.map(({ segments, location }) => ({
      path: segments.map((segment) => (typeof segment === 'object' ? undefined : segment)),
      line: location.row,
    })),
  );
}

/** What a value becomes in a text. Liquid calls it as the last filter of every output. */
function writeValue(this: { readonly context: { readonly globals: object } }, value: unknown): string {
  const formatting = formattingOf(this.context.globals);
  const written = cleanValue(textOf(value, formatting));
  if (written.trim() === '') formatting.hasGaps = true;
  return written;
}

function textOf(value: unknown, formatting: Formatting): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((item) => textOf(item, formatting)).join(', ');
  if (value instanceof Date) {
    const date = readDate(value, formatting);
    return date === undefined ? '' : formatDate(date, 'medium', formatting.locale);
  }
  return typeof value === 'object' || typeof value === 'function' ? '' : String(value);
}
