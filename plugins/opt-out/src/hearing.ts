import type { App, Claim, Clock, InboundView, IncomingMessage, MessageId, PluginContext } from '@parley/core';
import { type Changes, WHY_OPTED_OUT } from './changes.ts';
import type { Settings } from './options.ts';
import { personAt, type Records, type Scope, type Standing } from './records.ts';
import type { Reviews } from './reviews.ts';
import type { createWording } from './texts.ts';
import { type Heard, listen } from './words/listen.ts';
import { isAnsweredByTwilio } from './words/provider.ts';
import type { Vocabulary } from './words/vocabulary.ts';

/** Listens to what people text. */
export type Hearing = (view: InboundView) => Promise<Claim | undefined>;

export interface HearingOptions {
  readonly settings: Settings;
  readonly vocabulary: Vocabulary;
  readonly wording: ReturnType<typeof createWording>;
  readonly records: Records;
  readonly reviews: Reviews;
  readonly changes: Changes;
  readonly context: Pick<PluginContext, 'claim' | 'release' | 'notify' | 'newId'> & { readonly clock: Clock };
}

/** A confirmation that comes later needs a reason (47 CFR 64.1200(a)(12)); it is given up instead. */
const CONFIRM_WITHIN = 5 * 60_000;

/** Later than this nobody waits for an answer to HELP. */
const HELP_WITHIN = 3_600_000;

const HEARD_BY_PROVIDER = {
  stop: { kind: 'opt-out' },
  start: { kind: 'opt-in' },
  help: { kind: 'help' },
} as const satisfies Record<NonNullable<IncomingMessage['optOut']>, Heard>;

export function createHearing(options: HearingOptions): Hearing {
  const { settings, vocabulary, wording, records, reviews, changes, context } = options;
  const { scope, unsure, ask, providerAnswers } = settings;

  /** Whether the provider has answered already, or will. */
  function isAnswered(app: App, { optOut, text, to: [number] }: IncomingMessage): boolean {
    if (optOut !== undefined) return true;
    const answers = typeof providerAnswers === 'boolean' ? providerAnswers : providerAnswers.includes(app.id);
    return answers && isAnsweredByTwilio(text, number);
  }

  async function optOut(view: InboundView, language: string | undefined): Promise<Claim> {
    const { app, message } = view;
    const person = personAt(message.from);
    const { optOut: known, lastOut, lastIn } = await records.standing(person, app);
    // Told of again after they have opted in: it is the old text, which its turn will not take in twice.
    if (known === undefined && lastOut?.providerId === message.providerId) return ending();
    const isRepeated = known?.providerId === message.providerId;
    // The same webhook again has the same moment: one entry in the ledger, whatever it was cut short by.
    const at = isRepeated ? known.at : Math.max(context.clock.now(), lastIn?.at ?? 0);
    if (isRepeated || known?.scope !== scope) await changes.optOut({ ...said(message, at), app, scope });
    return known === undefined || isRepeated ? confirm(view, language) : ending();
  }

  async function confirm(view: InboundView, language: string | undefined): Promise<Claim> {
    if (isAnswered(view.app, view.message) || !(await isFirst(view))) return ending();
    return { ...ending(), reply: wording('stop', language), replyWithin: CONFIRM_WITHIN };
  }

  /** One confirmation, also when STOP comes by two channels at once and two processes hear it. */
  async function isFirst({ app, message }: InboundView): Promise<boolean> {
    const { from, providerId } = message;
    return (await context.claim(confirmation(personAt(from), app, scope), providerId, CONFIRM_WITHIN)) === providerId;
  }

  async function optIn(view: InboundView, heard: Heard): Promise<Claim | undefined> {
    const { app, message } = view;
    const person = personAt(message.from);
    const standing = await records.standing(person, app);
    const isRepeated = standing.lastIn?.providerId === message.providerId;
    // The same the other way round: they have opted out since.
    if (isRepeated && standing.optOut !== undefined) return {};
    if (standing.optOut !== undefined || isRepeated) {
      await lift(view, standing, isRepeated);
    } else if (message.optOut === undefined) {
      // Somebody who is not opted out has said a word like any other; that they want texts is decided, though.
      if (heard.kind === 'opt-in') await reviews.close(person);
      return undefined;
    }
    return isAnswered(app, message) ? {} : { reply: wording('start', languageOf(heard)), replyWithin: CONFIRM_WITHIN };
  }

  async function lift({ app, message }: InboundView, standing: Standing, isRepeated: boolean): Promise<void> {
    const { lastOut, lastIn } = standing;
    // Clocks of several processes differ a little: what comes after an opt-out is after it.
    const later = Math.max(context.clock.now(), (lastOut?.at ?? 0) + 1);
    const at = isRepeated ? (lastIn?.at ?? later) : later;
    await changes.optIn({ ...said(message, at), app });
    if (lastOut?.providerId === undefined) return;
    // Another STOP is another opt-out, to be confirmed again.
    await context.release(confirmation(personAt(message.from), app, lastOut.scope), lastOut.providerId);
  }

  async function wonder(view: InboundView, language: string | undefined): Promise<Claim | undefined> {
    const { app, message } = view;
    const { from, text, providerId } = message;
    const person = personAt(from);
    const { optOut: known } = await records.standing(person, app);
    const at = context.clock.now();
    if (unsure === 'opt-out') {
      const claim = await optOut(view, language);
      await reviews.add(person, app, { text, at, providerId }, undefined);
      return claim;
    }
    if (known !== undefined) return undefined;
    const question = ask ? (context.newId() as MessageId) : undefined;
    const added = await reviews.add(person, app, { text, at, providerId }, question);
    if (added.ask && added.review.asked !== undefined) {
      await context.notify({
        ...{ app: app.id, to: from, name: 'opt-out', text: wording('question', language) },
        ...{ id: added.review.asked.message, validFor: CONFIRM_WITHIN },
      });
    }
    return undefined;
  }

  return async (view) => {
    const { app, message } = view;
    const heard: Heard =
      message.optOut === undefined ? listen(message.text, vocabulary) : HEARD_BY_PROVIDER[message.optOut];
    switch (heard.kind) {
      case 'none':
        return undefined;
      case 'opt-out':
        return optOut(view, heard.language);
      case 'opt-in':
      case 'yes':
        return optIn(view, heard);
      case 'help':
        return isAnswered(app, message) ? {} : { reply: wording('help', heard.language), replyWithin: HELP_WITHIN };
      case 'unsure':
        return wonder(view, heard.language);
    }
  };
}

/** Nothing goes on, and nothing leaves any more. */
function ending(): Claim {
  return { endJourney: true, cancel: WHY_OPTED_OUT };
}

/** START and YES are English, and everybody's: the answer is in the language of the organization. */
function languageOf({ kind, language }: Heard): string | undefined {
  return kind === 'yes' ? undefined : language;
}

function said({ from, text, providerId }: IncomingMessage, at: number) {
  return { address: from, at, how: 'text', providerId, words: text } as const;
}

function confirmation(person: string, { id }: App, scope: Scope): string {
  return `confirm ${scope === 'organization' ? 'all' : `app:${id}`} ${person}`;
}
