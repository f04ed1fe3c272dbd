import type {
  ActivityRecord,
  Address,
  App,
  ConversationDocument,
  MessageRecord,
  News,
  PolicyVerdict,
} from '@parley/core';
import { momentWords } from './moments.ts';
import type { Paint } from './paint.ts';

export interface NarratorOptions {
  readonly app: App;
  readonly paint: Paint;
  /** The project: paths in it are written from there on. */
  readonly folder: string;
}

/** What has to be known to put news into words. */
export interface Scene {
  /** Whose phone is looked at. */
  readonly person: Address;
  readonly zone: string;
  /** The conversation, for what was parked in it. */
  readonly conversation: ConversationDocument | undefined;
  /** What a provider means by a code, and what to do. */
  readonly explain: (code: string) => { readonly meaning: string; readonly advice?: string } | undefined;
}

/** Puts what happens into lines: what arrives on phones, what is held back and why, and what bots do besides. */
export class Narrator {
  readonly #options: NarratorOptions;
  /** What was told of messages, so that it is told once. */
  readonly #told = new Set<string>();
  /** How many bots have thrown. */
  troubles = 0;

  constructor(options: NarratorOptions) {
    this.#options = options;
  }

  /** Forgets what it has told: for when time goes back. */
  forget(): void {
    this.#told.clear();
  }

  linesOf(news: News, scene: Scene): readonly string[] {
    return news.kind === 'message' ? this.#message(news.message, scene) : this.#activity(news.activity, scene);
  }

  #message(message: MessageRecord, scene: Scene): readonly string[] {
    if (message.direction === 'inbound') return [];
    const fate = fateOf(message);
    const key = `${message.id} ${fate.kind} ${fate.kind === 'deferred' ? fate.verdict.until : ''}`;
    if (fate.kind === 'under way' || this.#told.has(key)) return [];
    this.#told.add(key);
    const { paint } = this.#options;
    switch (fate.kind) {
      case 'delivered':
        return this.#text(message, scene);
      case 'failed':
        return [paint('red', `! not delivered: ${this.#why(message, scene)}`), ...this.#quote(message)];
      case 'deferred': {
        const { until = 0, policy, rule, reason } = fate.verdict;
        const why = [`by ${policy}`, rule, reason].filter((part) => part !== undefined).join(', ');
        const line = `~ held back until ${momentWords(until, scene.zone)}, ${why}`;
        return [paint('yellow', line), ...this.#quote(message)];
      }
    }
  }

  /** A text as the phone shows it. */
  #text(message: MessageRecord, { person }: Scene): readonly string[] {
    const { app, theirs, media, origin, text, sentText = text } = message;
    const { paint } = this.#options;
    const from = [
      ...(app === this.#options.app.id ? [] : [app]),
      ...(theirs === person ? [] : [`to ${theirs}`]),
      ...(origin.kind === 'plugin' ? [`plugin ${origin.name}`] : []),
      ...(origin.kind === 'notification' ? [`notification ${origin.name}`] : []),
    ];
    const heading = from.length === 0 ? '' : paint('dim', `[${from.join(', ')}] `);
    const [first = '', ...more] = sentText.split('\n');
    const pictures = media.map(({ url }) => paint('blue', `  ${url}`));
    return [`${paint('green', '<')} ${heading}${first}`, ...more.map((line) => `  ${line}`), ...pictures];
  }

  #quote({ sentText, text }: MessageRecord): readonly string[] {
    return (sentText ?? text).split('\n').map((line) => this.#options.paint('dim', `    ${line}`));
  }

  #why({ error }: MessageRecord, { explain }: Scene): string {
    const { code = 'nobody knows why', reason } = error ?? {};
    const { meaning = reason } = explain(code) ?? {};
    return [code, meaning].filter((part) => part !== undefined && part !== '').join(', ');
  }

  #activity(activity: ActivityRecord, scene: Scene): readonly string[] {
    if (activity.kind === 'parked' || activity.kind === 'halted') this.troubles += 1;
    const line = this.#happening(activity, scene);
    if (line === undefined) return [];
    const isBad = TROUBLES.has(activity.kind);
    return [this.#options.paint(isBad ? 'red' : 'dim', `${isBad ? '!' : '·'} ${line}`)];
  }

  #happening(activity: ActivityRecord, scene: Scene): string | undefined {
    const { kind, name = '', bot = '', version, data } = activity;
    switch (kind) {
      case 'journey.started':
        return `${bot}${version === undefined ? '' : `, version ${version},`} began`;
      case 'journey.ended':
        return `${bot} ended: ${name}${data === undefined ? '' : `, ${JSON.stringify(data)}`}`;
      case 'journey.expired':
        return `${bot} ran out of time`;
      case 'journey.migrated':
        return `${bot} was migrated: ${name}`;
      case 'journey.extended':
        return `${bot} was given more time`;
      case 'track':
        return `tracked ${name}${data === undefined ? '' : ` ${JSON.stringify(data)}`}`;
      case 'handoff':
        return `the conversation was given to ${name}`;
      case 'resumed':
        return 'the conversation was given back';
      case 'task.failed':
        return `a task failed: ${name}`;
      case 'task.retry':
        return `a task failed and is tried again: ${name}`;
      case 'parked':
        return this.#parked(activity, scene);
      case 'halted':
        return `the conversation stands still: ${scene.conversation?.halted?.reason ?? name}`;
      case 'hook.failed':
        return `a hook threw: ${String((data as { readonly reason?: unknown } | undefined)?.reason ?? name)}`;
      default:
        return undefined;
    }
  }

  /** What a bot threw, and where. */
  #parked({ at, name = '', bot = '' }: ActivityRecord, { conversation }: Scene): string {
    const parked = conversation?.parked?.findLast((one) => one.at === at && one.code === name);
    const where = parked?.where?.replace(`${this.#options.folder}/`, '');
    const what = `${bot} could not take that in: ${parked?.reason ?? name}`;
    return where === undefined ? what : `${what} (${where})`;
  }
}

const TROUBLES: ReadonlySet<string> = new Set(['parked', 'halted', 'hook.failed', 'task.failed']);

type Fate =
  | { readonly kind: 'delivered' | 'failed' | 'under way' }
  | { readonly kind: 'deferred'; readonly verdict: PolicyVerdict };

function fateOf({ status, history }: MessageRecord): Fate {
  if (status === 'delivered' || status === 'failed') return { kind: status };
  const deferrals = history.at(-1)?.verdicts?.filter(({ kind }) => kind === 'defer') ?? [];
  const [verdict] = [...deferrals].sort((one, other) => (other.until ?? 0) - (one.until ?? 0));
  return verdict === undefined ? { kind: 'under way' } : { kind: 'deferred', verdict };
}
