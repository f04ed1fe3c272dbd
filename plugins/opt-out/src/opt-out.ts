import {
  type Hooks,
  isNamed,
  type MessageRecord,
  maskAddress,
  ParleyError,
  type Plugin,
  type PluginContext,
  parseOptions,
} from '@parley/core';
import { type Changes, createChanges } from './changes.ts';
import { createCommands } from './commands.ts';
import { describePerson } from './describe.ts';
import { createHearing } from './hearing.ts';
import { lintApp } from './lint.ts';
import { createOperator } from './operator.ts';
import { type OptOutOptions, optionsSchema, type Settings } from './options.ts';
import { startDelivery } from './pending-ledger.ts';
import { createRecords, personAt, type Records } from './records.ts';
import { createReviews, type Reviews } from './reviews.ts';
import { addRoutes } from './routes.ts';
import { createSending, NAME } from './sending.ts';
import { createWording } from './texts.ts';
import { createVocabulary, type Vocabulary } from './words/vocabulary.ts';

/** What there is from `setup` on. */
type Running = Pick<Hooks, 'interceptInbound' | 'checkOutbound' | 'observeMessage' | 'eraseActor' | 'describeActor'> & {
  readonly close: () => void;
};

/**
 * Hears when people want no more texts, in whatever words, and lets nothing out to them from then on. Answers HELP.
 *
 * ```ts
 * plugins: [optOut({ brand: 'Example Clinic', contact: 'call 800-555-0100' })]
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function optOut(options: OptOutOptions = {}): Plugin {
  const settings = parseOptions(optionsSchema, options, 'optOut');
  const vocabulary = createVocabulary(settings.keywords);
  let opened: Running | undefined;

  function running(): Running {
    if (opened === undefined) throw new ParleyError('error.platform.engine.stopped');
    return opened;
  }

  return {
    name: NAME,
    enforce: 'opt-out',
    // What it learns is that the provider has refused somebody who has opted out there.
    observedStatuses: ['failed'],
    commands: createCommands(settings),
    setup(context) {
      opened = open(settings, vocabulary, context);
    },
    close() {
      opened?.close();
    },
    // Who says STOP in a web page says it to the bot: nobody texts them there.
    interceptInbound: (view) => (isNamed(view.message.from) ? undefined : running().interceptInbound(view)),
    checkOutbound: (view) => running().checkOutbound(view),
    observeMessage: (message) => running().observeMessage(message),
    eraseActor: (person) => running().eraseActor(person),
    describeActor: (person) => running().describeActor(person),
    lint: (app) => (isNamed(app.address) ? [] : lintApp(app, vocabulary)),
  };
}

function open(settings: Settings, vocabulary: Vocabulary, context: PluginContext): Running {
  const { organization, clock, newId } = context;
  const { apps } = organization;
  const { ledger, apiKey, brand = organization.name, contact, language, texts } = settings;
  const records = createRecords(context);
  const reviews = createReviews(context);
  const changes = createChanges({ apps, records, reviews, ledger, newId, running: context });
  const wording = createWording({ brand, contact, language, texts });
  if (apiKey !== undefined) {
    addRoutes(context.router, createOperator({ apps, records, reviews, changes, clock }), apiKey);
  }
  return {
    interceptInbound: createHearing({ settings, vocabulary, wording, records, reviews, changes, context }),
    checkOutbound: createSending(settings, records),
    observeMessage: (message) => learn(message, { settings, records, changes, context }),
    eraseActor: (person) => erase(person, { settings, records, reviews, context }),
    describeActor: (person) => describePerson(person, { apps, records, reviews, vocabulary }),
    close: ledger === undefined ? () => {} : startDelivery(ledger, context),
  };
}

interface Parts {
  readonly settings: Settings;
  readonly records: Records;
  readonly context: Pick<PluginContext, 'organization' | 'log'>;
}

/** A provider that refuses a text because the person has opted out there knows something that we do not. */
async function learn(
  message: MessageRecord,
  { settings, records, changes, context }: Parts & { readonly changes: Changes },
): Promise<void> {
  const { direction, status, error, theirs, app: id, at, history } = message;
  if (direction !== 'outbound' || status !== 'failed' || error === undefined) return;
  if (!settings.providerCodes.includes(error.code)) return;
  const app = context.organization.apps.find((one) => one.id === id);
  if (app === undefined) return;
  const failedAt = history.at(-1)?.at ?? at;
  const { optOut: known, lastIn } = await records.standing(personAt(theirs), app);
  if (known !== undefined || (lastIn !== undefined && lastIn.at > failedAt)) return;
  const words = `error ${error.code}`;
  await changes.optOut({ address: theirs, app, at: failedAt, how: 'provider', words, scope: settings.scope });
  context.log.info({ to: maskAddress(theirs), app: id, code: error.code }, 'the provider knows of an opt-out');
}

/** Whoever asks to be forgotten before somebody has decided what they meant is opted out: unsure, and nobody left to ask. */
async function erase(
  person: string,
  { settings, records, reviews, context }: Parts & { readonly reviews: Reviews },
): Promise<void> {
  const { apps } = context.organization;
  const review = await reviews.get(person);
  if (review !== undefined && settings.unsure === 'hold') {
    const app = apps.find(({ id }) => id === review.app) ?? apps[0];
    if (app !== undefined) await records.optOut(person, app, { at: review.since, how: 'text', scope: settings.scope });
  }
  await reviews.close(person);
  await records.erase(person, apps);
}
