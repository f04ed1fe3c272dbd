import {
  type Address,
  type ConsentEntry,
  type ConsentLedger,
  type ErrorCode,
  type MessageCategory,
  type OutboundView,
  ParleyError,
  type Plugin,
  parseOptions,
  type Verdict,
} from '@parley/core';
import * as z from 'zod';
import { createCommands } from './commands.ts';
import { describeConsents } from './describe.ts';
import { CATEGORIES, parseEntry } from './entry.ts';
import { Ledger, type RecordedConsent } from './ledger.ts';
import { PARTS, type Part } from './link.ts';
import { addRoutes } from './routes.ts';
import { type Decision, decisionOn } from './state.ts';

export interface ConsentOptions {
  /** Categories of messages that only leave to people who have agreed to them. Default: `marketing`. */
  readonly required?: readonly MessageCategory[];
  /**
   * Categories that need no consent, but stop when a person has refused them. Default: `informational`. Each message of these and of
   * the `required` categories costs one read of the storage; others cost nothing.
   */
  readonly revocable?: readonly MessageCategory[];
  /**
   * How long everything about a person is kept after their last entry, in milliseconds. Default 10 years: so long a STOP has to be
   * honoured in Virginia, the longest that any state is known to ask. It may be kept for a tenth longer.
   */
  readonly keepFor?: number;
  /**
   * What of a person's entries is dropped when they are erased; that they have agreed or refused, when, how and to what stays. `data`
   * (default): what went with the evidence. `evidence`: its words, source and message as well.
   */
  readonly erase?: Part;
  /** Serves the ledger under `/plugins/consent` to whoever has this key: 24 characters at least. Default: it is not served. */
  readonly apiKey?: string | undefined;
}

/** A ledger of consents that can be asked. */
export interface ConsentPlugin extends Plugin, ConsentLedger {
  /**
   * Appends an entry. Resolves once it is durable; the same `id` of the same person twice is one entry, and the first stays.
   *
   * @throws `error.platform.consent.malformed`, `error.platform.consent.conflict`, `error.platform.app.unknown`,
   * `error.platform.engine.stopped` before the engine has started
   */
  record(entry: ConsentEntry): Promise<void>;
  /** A person's entries in the order in which they were recorded. */
  of(person: Address): Promise<readonly RecordedConsent[]>;
  /**
   * Whether a message of a category may go to a person as far as the ledger is concerned: by what was said last, and where nothing was
   * said, by whether the category is `required`. One read of the storage.
   */
  allows(person: Address, app: string, category: MessageCategory): Promise<boolean>;
}

/** Ten years, each as long as a year can be. */
const TEN_YEARS = 10 * 366 * 24 * 3_600_000;

const optionsSchema = z.strictObject({
  required: z.array(z.enum(CATEGORIES)).default(['marketing']),
  revocable: z.array(z.enum(CATEGORIES)).default(['informational']),
  keepFor: z.number().int().positive().default(TEN_YEARS),
  erase: z.enum(PARTS).default('data'),
  apiKey: z.string().min(24, 'a key has 24 characters at least').optional(),
});

/**
 * A ledger of who has agreed to what and who has taken it back: append-only, each entry bound to the one before by its hash. Texts that need a
 * consent leave only where there is one, and say in the message log which it was.
 *
 * ```ts
 * const ledger = consent();
 * plugins: [optOut({ ledger }), ledger]
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function consent(options: ConsentOptions = {}): ConsentPlugin {
  const { required, revocable, keepFor, erase, apiKey } = parseOptions(optionsSchema, options, 'consent');
  const needed = new Set<MessageCategory>(required);
  const checked = new Set<MessageCategory>([...required, ...revocable]);
  let opened: { readonly ledger: Ledger; readonly apps: readonly string[] } | undefined;

  function running() {
    if (opened === undefined) throw new ParleyError('error.platform.engine.stopped');
    return opened;
  }

  async function decision(person: Address, app: string, category: MessageCategory): Promise<Decision | undefined> {
    return decisionOn((await running().ledger.chains.head(person)).state, app, category);
  }

  return {
    name: 'consent',
    commands: createCommands(keepFor),

    setup(context) {
      const apps = context.organization.apps.map(({ id }) => id);
      opened = { ledger: new Ledger(context, keepFor), apps };
      if (apiKey !== undefined)
        addRoutes(context.router, { apiKey, apps, ledger: opened.ledger, clock: context.clock, newId: context.newId });
    },
    close() {
      opened = undefined;
    },

    async record(entry) {
      const { ledger, apps } = running();
      await ledger.append(parseEntry(entry, apps));
    },
    async of(person) {
      return running().ledger.of(person);
    },
    async allows(person, app, category) {
      const found = await decision(person, app, category);
      return found === undefined ? !needed.has(category) : found.kind === 'given';
    },

    checkOutbound({ app, record: { category }, message: { to } }) {
      if (!checked.has(category)) return undefined;
      return decision(to, app.id, category).then((found) => verdictOn(found, app, category, needed.has(category)));
    },

    async describeActor(person) {
      const { ledger } = running();
      const [{ state }, entries] = await Promise.all([ledger.chains.head(person), ledger.of(person)]);
      return describeConsents(state, entries, required);
    },

    async eraseActor(person) {
      await running().ledger.erase(person, erase === 'data' ? ['data'] : PARTS);
    },
  };
}

function verdictOn(
  found: Decision | undefined,
  app: OutboundView['app'],
  category: MessageCategory,
  isNeeded: boolean,
): Verdict | undefined {
  const basis = found === undefined ? {} : { rule: `consent #${found.sequence}`, data: `sha256:${found.hash}` };
  if (found?.kind === 'given') return { kind: 'allow', ...basis };
  if (found !== undefined) return { ...basis, ...denial('error.platform.consent.revoked', app, category) };
  if (!isNeeded) return undefined;
  return { rule: `consent to ${category}`, ...denial('error.platform.consent.missing', app, category) };
}

function denial(code: ErrorCode, { id: app }: OutboundView['app'], category: MessageCategory) {
  return { kind: 'deny', code, reason: new ParleyError(code, { app, category }).message } as const;
}
