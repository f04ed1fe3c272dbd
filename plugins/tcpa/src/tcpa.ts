import { type ActorProfile, type App, type OutboundView, type Plugin, personOf, type Verdict } from '@parley/core';
import { type Caps, createCaps, type Full } from './caps.ts';
import { DATA_VERSION } from './data/index.ts';
import { type Decision, decide, type Exemption, outsideOf } from './decide.ts';
import { createExplain } from './explain.ts';
import { type Outside, parseTcpaOptions, type TcpaOptions } from './options.ts';
import { createReaches } from './reach.ts';
import { createRulebook } from './rulebook.ts';
import { HORIZON_DAYS } from './window.ts';
import { inWords, type Obstacle, obstacleOf, obstacleOfCap } from './wording.ts';

/** The policy, and a look ahead. */
export interface Tcpa extends Plugin {
  /**
   * When a message that is meant for a moment may leave, by the choice that the options have for it: at that moment if it is allowed, else in the
   * next window or, for `previous`, at the end of the one before, as long as that is not over. What is scheduled with the answer is checked once
   * more at its time. Caps are not looked at.
   *
   * ```ts
   * const { at } = quiet.plan({ app, actor, name: 'reminder', at: appointment - 3_600_000, now: Date.now() });
   * ```
   */
  plan(request: PlanRequest): Plan;
}

export interface PlanRequest {
  readonly app: Pick<App, 'id' | 'mode'>;
  readonly actor: ActorProfile;
  /** The name of the notification. */
  readonly name: string;
  /** Default `informational`, as `notify` has it. */
  readonly category?: OutboundView['record']['category'];
  /** When it is meant to leave, in milliseconds since the epoch. */
  readonly at: number;
  readonly now: number;
}

/** When a message may leave; or why it may not, by a code. */
export type Plan =
  | { readonly at: number; readonly code?: undefined }
  | { readonly at: undefined; readonly code: string; readonly reason: string };

/**
 * Keeps to the hours, days and numbers of texts that laws allow where the person is: by default a message waits for the first minute that every
 * rule that may apply allows. What it rests on is data with sources and confidence, not legal advice; have the defaults looked at by counsel.
 *
 * ```ts
 * plugins: [tcpa({ notifications: { 'delivery-at-the-door': { send: 'asked for by the person, see ticket 4711' } } })]
 * ```
 *
 * It is asked like any other policy, not among the limits, although it counts for caps: what has to wait for the morning must not take the claims of
 * limits at night. It counts last, when the hours are right; what another policy then stops is not counted against the person, see `caps.ts`.
 *
 * @throws `error.platform.config.malformed`
 */
export function tcpa(options: TcpaOptions = {}): Tcpa {
  const settings = parseTcpaOptions(options);
  const rulebook = createRulebook(settings);
  const reaches = createReaches(settings, rulebook);
  let caps: Caps | undefined;

  function check(view: OutboundView): Verdict | undefined | Promise<Verdict | undefined> {
    const { app, actor, heardAt, now } = view;
    const { category, origin } = view.record;
    const decision = decide({ app, actor, category, origin, heardAt, now }, reaches, settings);
    switch (decision.kind) {
      case 'open':
        return decision.exempt ? undefined : count(view, decision);
      case 'exempt':
        return { kind: 'allow', ...exemptionInWords(decision.exemption, obstacleOf(decision.closure), now) };
      case 'elsewhere':
        return elsewhere();
      case 'no-phone':
        return undefined;
      case 'closed':
        return closed(view, decision);
    }
  }

  function closed(view: OutboundView, decision: Extract<Decision, { kind: 'closed' }>) {
    const outside = outsideOf({ app: view.app, origin: view.record.origin }, settings);
    const obstacle = obstacleOf(decision.closure);
    if (typeof outside === 'object') return sendAnyway(view, decision, outside.send, obstacle);
    return holdBack(outside, obstacle, decision, view.now);
  }

  /** Above all rules, but counted: the next message has to know of it. */
  async function sendAnyway(view: OutboundView, { reach, category }: Reached, reason: string, obstacle: Obstacle) {
    await take(view, reach.caps(category, view.now));
    return { kind: 'allow', code: obstacle.code, reason, rule: obstacle.rule, data: obstacle.data } as const;
  }

  function holdBack(outside: Exclude<Outside, object>, obstacle: Obstacle, decision: Reached, from: number): Verdict {
    if (outside === 'skip') return { kind: 'deny', ...obstacle };
    const until = decision.reach.window(decision.category).next(from);
    return until === undefined ? neverOpen(decision, obstacle) : { kind: 'defer', until, ...obstacle };
  }

  function count(view: OutboundView, decision: Extract<Decision, { kind: 'open' }>) {
    const inForce = decision.reach.caps(decision.category, view.now);
    return inForce.length === 0 ? undefined : countBy(view, decision, inForce);
  }

  async function countBy(view: OutboundView, decision: Reached, inForce: ReturnType<Reached['reach']['caps']>) {
    const full = await take(view, inForce);
    if (full === undefined) return undefined;
    const obstacle = obstacleOfCap(full);
    const outside = outsideOf({ app: view.app, origin: view.record.origin }, settings);
    if (typeof outside !== 'object') return holdBack(outside, obstacle, decision, full.freeAt);
    return {
      kind: 'allow',
      code: obstacle.code,
      reason: outside.send,
      rule: obstacle.rule,
      data: obstacle.data,
    } as const;
  }

  async function take(view: OutboundView, inForce: ReturnType<Reached['reach']['caps']>): Promise<Full | undefined> {
    return caps?.take(personOf(view.actor.address), inForce, view.message.id, view.now);
  }

  function elsewhere(): Verdict {
    const words = inWords('error.platform.tcpa.no-rule', {});
    const source = { rule: 'TCPA-none', data: DATA_VERSION };
    return { kind: settings.elsewhere === 'send' ? 'allow' : 'deny', ...words, ...source };
  }

  return {
    name: 'tcpa',
    setup({ claim, release, messages, clock }) {
      caps = createCaps({ claim, release, messages });
      // Holidays of a year take a tenth of a second to find out. Now nobody is waiting.
      rulebook.warmUp(clock.now());
    },
    checkOutbound: check,
    // Only leaving earlier has to be planned: what waits for the next window is put off at its time, and the record says why.
    planOutbound: (at, { app, actor, record: { category, origin }, now }) =>
      origin.kind === 'notification'
        ? Math.min(at, plan({ app, actor, name: origin.name, category, at, now }).at ?? at)
        : at,
    eraseActor: (person) => caps?.forget(person, rulebook.caps()),
    plan,
    commands: { explain: createExplain(settings, rulebook, reaches) },
  };

  function plan({ app, actor, name, category = 'informational', at, now }: PlanRequest): Plan {
    const origin = { kind: 'notification', name } as const;
    const decision = decide({ app, actor, category, origin, now: at }, reaches, settings);
    if (decision.kind === 'elsewhere' && settings.elsewhere === 'skip')
      return { at: undefined, ...wordsOf(elsewhere()) };
    if (decision.kind !== 'closed') return { at };
    const outside = outsideOf({ app, origin }, settings);
    if (typeof outside === 'object') return { at };
    const earlier = outside === 'previous' ? decision.reach.window(decision.category).previous(at) : undefined;
    if (earlier !== undefined && earlier >= now) return { at: earlier };
    const verdict = holdBack(outside, obstacleOf(decision.closure), decision, at);
    return verdict.kind === 'defer' ? { at: verdict.until } : { at: undefined, ...wordsOf(verdict) };
  }
}

type Reached = Pick<Extract<Decision, { kind: 'closed' }>, 'reach' | 'category'>;

function neverOpen({ reach }: Reached, { rule, data }: Obstacle): Verdict {
  const details = { days: HORIZON_DAYS, count: reach.calendars.length, calendar: rule };
  return { kind: 'deny', ...inWords('error.platform.tcpa.no-window', details), rule, data };
}

/** What is on record of an exemption: which calendar it was that was closed, and why that did not matter. */
function exemptionInWords(exemption: Exemption, { code, rule, data }: Obstacle, now: number) {
  const reason =
    exemption.kind === 'emergency'
      ? 'Exempt: an emergency.'
      : `Exempt: answers the person's own text of ${Math.round((now - exemption.heardAt) / 60_000)} minutes ago.`;
  return { code, reason, rule, data };
}

function wordsOf(verdict: Verdict): { readonly code: string; readonly reason: string } {
  return { code: verdict.code ?? '', reason: verdict.reason ?? '' };
}
