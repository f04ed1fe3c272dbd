import {
  type App,
  isNamed,
  type OutboundView,
  ParleyError,
  type Plugin,
  type PluginContext,
  parseOptions,
  personOf,
} from '@parley/core';
import * as z from 'zod';
import { type Carriers, createCarriers } from './carriers.ts';
import { complete } from './footer.ts';
import type { Sender } from './parts.ts';
import { LANGUAGES, type Language, languageOf, languagesWith, type Wording, wordingSchema } from './wording.ts';

export interface FirstTextOptions {
  /** Who is texting: one name for all apps, or names by the ids of apps. Default: the name of the organization. */
  readonly brand?: string | Readonly<Record<string, string>>;
  /** What the texts are about (`your appointments`), for all apps or by their ids. Default: it is not said. */
  readonly program?: string | Readonly<Record<string, string>>;
  /** Whether the first text of each app to a person counts, or the first of the organization. Default `app`. */
  readonly scope?: 'app' | 'organization';
  /**
   * What about people who were texted before the plugin was there. `add` (default): it is not known what they were told, so the next text has
   * it. `leave`: whoever got a text that is in the message log needs nothing; that is looked up once a person.
   */
  readonly textedBefore?: 'add' | 'leave';
  /** The language for people of whose `locale` nothing is known, or that there is no wording for. Default `en`. */
  readonly language?: string;
  /** Other words, by language. English, Spanish and French are there to be changed sentence by sentence; another language comes whole. */
  readonly wording?: Readonly<Record<string, Partial<Wording>>>;
}

/** How many people a process remembers who have had their first text. */
const REMEMBERED = 10_000;

const name = z.string().trim().min(1).max(100);
const names = z.union([name, z.record(z.string(), name)]);

const optionsSchema = z
  .strictObject({
    brand: names.optional(),
    program: names.optional(),
    scope: z.enum(['app', 'organization']).default('app'),
    textedBefore: z.enum(['add', 'leave']).default('add'),
    language: z.string().toLowerCase().default('en'),
    wording: z.record(z.string().toLowerCase(), wordingSchema.partial()).default({}),
  })
  .superRefine(({ language, wording }, { addIssue }) => {
    for (const [other, sentences] of Object.entries(wording)) {
      const lacking = other in LANGUAGES ? [] : Object.keys(wordingSchema.shape).filter((part) => !(part in sentences));
      if (lacking.length > 0)
        addIssue({ code: 'custom', path: ['wording', other], message: `it lacks ${lacking.join(', ')}` });
    }
    if (!(language in LANGUAGES || language in wording))
      addIssue({ code: 'custom', path: ['language'], message: `there is no wording for ${language}; give one` });
  });

/**
 * Adds to the first text to a person who is texting, how often, what it costs, and how to get help and to stop: as much of it as the
 * text does not say by itself.
 *
 * ```ts
 * plugins: [firstText({ brand: 'Example Clinic', wording: { en: { frequency: 'Up to 4 msgs/month.' } } })]
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function firstText(options: FirstTextOptions = {}): Plugin {
  const parsed = parseOptions(optionsSchema, options, 'firstText');
  const { scope, textedBefore, language } = parsed;
  const languages = languagesWith(parsed.wording as Readonly<Record<string, Partial<Wording>>>);
  let context: PluginContext;
  let carriers: Carriers;

  async function wasTexted({ app, message, record }: OutboundView): Promise<boolean> {
    if (textedBefore === 'add') return false;
    const where = {
      theirs: message.to,
      direction: 'outbound',
      until: record.at,
      limit: 1,
      ...(scope === 'app' ? { app: app.id } : {}),
    } as const;
    for (const status of ['delivered', 'sent'] as const) {
      const { messages } = await context.messages.list({ ...where, status });
      if (messages.length > 0) return true;
    }
    return false;
  }

  return {
    name: 'first-text',
    setup(given) {
      context = given;
      carriers = createCarriers(given, { wasTexted, remembered: REMEMBERED });
    },

    async rewriteOutbound(text, view) {
      const { app, actor, message, record } = view;
      // Carriers ask for it, and no carrier carries what goes to a web page.
      if (isNamed(message.to)) return text;
      // What plugins answer is worded by the rules of what it answers: a confirmation of an opt-out takes no additions.
      if (record.origin.kind === 'plugin') return text;
      const person = keyOf(personOf(message.to), scope === 'app' ? app.id : undefined);
      if (!(await carriers.isCarrier(person, view))) return text;
      const sender: Sender = {
        brand: nameFor(app, parsed.brand) ?? context.organization.name,
        program: nameFor(app, parsed.program),
      };
      const completed = complete(text, sender, languageOf(actor.locale, languages, language) as Language);
      if (completed.missing.length === 0) return completed.text;
      await carriers.passOn(person, message.id);
      const { code, message: problem } = new ParleyError('error.platform.first-text.no-room', {
        parts: completed.missing.join(', '),
      });
      context.log.warn({ app: app.id, message: message.id, code }, problem);
      return text;
    },

    async aroundSend(message, _options, next) {
      const receipt = await next();
      await carriers.taken(message.id);
      return receipt;
    },

    async eraseActor(person) {
      const apps = scope === 'app' ? context.organization.apps.map(({ id }) => id) : [undefined];
      for (const app of apps) await carriers.forget(keyOf(person, app));
    },
  };
}

/** Names a person within an app, or everywhere. */
function keyOf(person: string, app: string | undefined): string {
  return app === undefined ? person : `${app}:${person}`;
}

function nameFor({ id }: App, given: string | Readonly<Record<string, string>> | undefined): string | undefined {
  return typeof given === 'object' ? given[id] : given;
}
