import { type Media, type MessageCategory, nearest, ParleyError, parseOptions } from '@parley/core';
import * as z from 'zod';
import { isLocale, type Localised } from '../template/locale.ts';
import { createTemplates, type Template } from '../template/template.ts';
import { type DataOf, type Declarations, declarationsSchema, schemaOf, shapeNamesSchema } from './declarations.ts';
import { findAstray, KNOWN, type Shape, shapeOf } from './shape.ts';

/** What {@link defineNotification} takes. */
export interface NotificationOptions<
  Name extends string = string,
  Data extends Declarations | z.ZodObject = Declarations | z.ZodObject,
> {
  /** Lower-case letters, digits and dashes; names it in requests and in the message log. */
  readonly name: Name;
  /** The app that sends it. Default: the organization's only one; else each request says. */
  readonly app?: string;
  /** Default `informational`. */
  readonly category?: MessageCategory;
  /** A template in Liquid, or several by locale (BCP 47): the first is for everybody whose language is not among them. */
  readonly text: string | Readonly<Record<string, string>>;
  /** Its variables by name, or a schema of zod for all of them. Default: none. */
  readonly data?: Data;
  /** Data that its length is measured by before anything is sent. Default: made from the declarations. */
  readonly example?: NoInfer<DataOf<Data>>;
  /** Whether links leave as texts of their own right after the text, as phones show a preview of those only. Default `false`. */
  readonly linkAlone?: boolean;
  /** How long it is of use from the moment on at which it may leave, in milliseconds. Default: until it has been tried for 10 hours. */
  readonly validFor?: number;
  /** Goes with the text. */
  readonly media?: readonly Media[];
}

/** A one-off outgoing text made from a template; checked when it was defined. */
export interface Notification<Name extends string = string, Data = unknown> {
  readonly name: Name;
  readonly app: string | undefined;
  readonly category: MessageCategory;
  readonly texts: readonly [Localised<Template>, ...Localised<Template>[]];
  readonly schema: z.ZodObject;
  readonly shape: ReadonlyMap<string, Shape>;
  readonly declarations: Declarations | undefined;
  readonly example: Readonly<Record<string, unknown>> | undefined;
  readonly linkAlone: boolean;
  readonly validFor: number | undefined;
  readonly media: readonly Media[];
  /** Never there: carries what data it takes, for the compiler. */
  readonly takes?: Data;
}

/** The text of a notification that is written without a locale. */
export const UNNAMED = 'default';

const templateSchema = z.string().min(1, 'a text is not empty');

const optionsSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'a name has lower-case letters, digits and dashes, 64 at most'),
  app: z.string().min(1).optional(),
  category: z.enum(['conversational', 'informational', 'marketing', 'emergency']).default('informational'),
  text: z.union([
    templateSchema,
    z
      .record(z.string().refine(isLocale, 'a locale is written as en or es-MX'), templateSchema)
      .refine((texts) => Object.keys(texts).length > 0, 'there is a text at least'),
  ]),
  data: z.union([z.instanceof(z.ZodObject), declarationsSchema]).default({}),
  example: z.record(z.string(), z.unknown()).optional(),
  linkAlone: z.boolean().default(false),
  validFor: z.number().int().positive().optional(),
  media: z.array(z.strictObject({ url: z.string().min(1), contentType: z.string().optional() })).default([]),
});

const templates = createTemplates();

/**
 * Makes a notification and checks it: its templates, and that all variables in them are declared.
 *
 * ```ts
 * const reminder = defineNotification({
 *   name: 'reminder',
 *   text: {
 *     en: 'Hi {{ actor.first_name }}, see you {{ time | date: "cccc, h:mm a" }}.',
 *     'es-MX': 'Hola {{ actor.first_name }}, le esperamos el {{ time | date: "cccc, H:mm" }}.',
 *   },
 *   data: { time: 'date' },
 * });
 * ```
 *
 * @throws `error.platform.config.malformed`, `error.platform.notification.template-malformed`,
 * `error.platform.notification.unknown-variable`
 */
export function defineNotification<
  const Name extends string,
  const Data extends Declarations | z.ZodObject = Record<never, never>,
>(options: NotificationOptions<Name, Data>): Notification<Name, DataOf<Data>> {
  const { name, app, text, data, media, example, ...rest } = parseOptions(optionsSchema, options, 'defineNotification');
  const declarations = data instanceof z.ZodObject ? undefined : (data as Declarations);
  const schema = data instanceof z.ZodObject ? data : schemaOf(data as Declarations);
  parseOptions(shapeNamesSchema, Object.keys(schema.shape), 'defineNotification');
  const shape = new Map(Object.entries(schema.shape).map(([key, one]) => [key, shapeOf(one as z.ZodType)]));
  const sources = typeof text === 'string' ? [[UNNAMED, text] as const] : Object.entries(text);
  const texts = sources.map(([locale, source]) => ({ locale, value: readTemplate(name, locale, source) }));
  for (const { locale, value } of texts) requireDeclared(name, locale, value, shape);
  return {
    name: name as Name,
    app,
    category: rest.category,
    texts: texts as readonly Localised<Template>[] as Notification['texts'],
    schema,
    shape,
    declarations,
    example,
    linkAlone: rest.linkAlone,
    validFor: rest.validFor,
    media: media as readonly Media[],
  };
}

function readTemplate(notification: string, locale: string, source: string): Template {
  try {
    return templates.read(source);
  } catch (cause) {
    // The first line says what is wrong and where; the others show the source.
    const problem = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
    throw new ParleyError(
      'error.platform.notification.template-malformed',
      { notification, locale, problem },
      { cause },
    );
  }
}

/** What is named in a template and declared nowhere would be empty in everybody's text. */
function requireDeclared(
  notification: string,
  locale: string,
  { variables }: Template,
  shape: ReadonlyMap<string, Shape>,
): void {
  const roots = new Map([...KNOWN, ...shape]);
  for (const { path, line } of variables) {
    const astray = findAstray(path, roots);
    if (astray === undefined) continue;
    const variable = path.slice(0, astray.index + 1).join('.');
    throw new ParleyError('error.platform.notification.unknown-variable', {
      ...{ notification, locale, line, variable },
      hint: hintAt(String(path[astray.index]), astray.known),
    });
  }
}

function hintAt(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  return known.length === 0 ? 'It has no parts.' : `There are ${known.join(', ')}.`;
}
