import { type ActorProfile, type App, isNamed, isReply, type MessageCategory, type MessageOrigin } from '@parley/core';
import type { Closure } from './calendar.ts';
import type { CoveredCategory } from './data/rule.ts';
import type { Outside, Settings } from './options.ts';
import type { Reach, Reaches } from './reach.ts';

/** What is asked about: a message, as far as the rules look at it. */
export interface Question {
  readonly actor: ActorProfile;
  readonly app: Pick<App, 'id' | 'mode'>;
  readonly category: MessageCategory;
  readonly origin: MessageOrigin;
  readonly heardAt?: number | undefined;
  readonly now: number;
}

/** Where a message stands by the clock; caps come after. */
export type Decision =
  /** All calendars are open. */
  | { readonly kind: 'open'; readonly reach: Reach; readonly category: CoveredCategory; readonly exempt: boolean }
  /** Some are closed, which does not matter to this message. */
  | { readonly kind: 'exempt'; readonly closure: Closure; readonly exemption: Exemption }
  | { readonly kind: 'closed'; readonly reach: Reach; readonly category: CoveredCategory; readonly closure: Closure }
  /** No rule is known for the country. */
  | { readonly kind: 'elsewhere' }
  /** It goes to a web page, of which the laws of telephones say nothing. */
  | { readonly kind: 'no-phone' };

export type Exemption = { readonly kind: 'emergency' } | { readonly kind: 'reply'; readonly heardAt: number };

/** Looks at a message by the clock. */
export function decide(question: Question, reaches: Reaches, { replies }: Pick<Settings, 'replies'>): Decision {
  const { actor, now } = question;
  if (isNamed(actor.address)) return { kind: 'no-phone' };
  const reach = reaches.of(actor, now);
  const exemption = exemptionOf(question, replies);
  const category = coveredAs(question.category);
  if (reach.calendars.length === 0) {
    return exemption === undefined ? { kind: 'elsewhere' } : { kind: 'open', reach, category, exempt: true };
  }
  const window = reach.window(category);
  if (window.isOpen(now)) return { kind: 'open', reach, category, exempt: exemption !== undefined };
  // Closed means that some calendar is; that one can be asked why.
  const closure = window.closureAt(now) as Closure;
  return exemption === undefined
    ? { kind: 'closed', reach, category, closure }
    : { kind: 'exempt', closure, exemption };
}

/** What a bot says of its own accord, days after the last text, is no reply whatever it is called. */
export function coveredAs(category: MessageCategory): CoveredCategory {
  return category === 'marketing' ? 'marketing' : 'informational';
}

function exemptionOf(
  { category, origin, heardAt, now }: Question,
  replies: Settings['replies'],
): Exemption | undefined {
  if (category === 'emergency') return { kind: 'emergency' };
  if (replies === false || heardAt === undefined || !isReply(origin)) return undefined;
  const isInTime = now - heardAt <= replies.within && replies.categories.includes(category);
  return isInTime ? { kind: 'reply', heardAt } : undefined;
}

/** What is to become of a message that can not leave now: the app's word goes before all others, a notification's before its kind. */
export function outsideOf(
  { app: { id, mode }, origin }: Pick<Question, 'app' | 'origin'>,
  { outside, preview, notifications, apps }: Settings,
): Outside {
  const name = origin.kind === 'notification' ? origin.name : undefined;
  const app = own(apps, id);
  const choices = [
    own(app?.notifications, name),
    app?.outside,
    own(notifications, name),
    mode === 'preview' ? preview : undefined,
  ];
  return choices.find((choice) => choice !== undefined) ?? outside;
}

/** What an object has under a name that anybody may have made up: `constructor`, say. */
function own<Value>(values: Readonly<Record<string, Value>> = {}, name: string | undefined): Value | undefined {
  return name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}
