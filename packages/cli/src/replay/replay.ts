import {
  type ActorProfile,
  type App,
  type ConversationKey,
  type Organization,
  partiesOf,
  type Storage,
} from '@parley/core';
import { type AppRuntime, createAppRuntime } from '@parley/core/turn';
import { parseSpan } from '../chat/moments.ts';
import { type Flags, malformed, quote } from '../command-line.ts';
import { configuredOrganization } from '../config/configured.ts';
import { findBots } from '../find-bots.ts';
import type { Output } from '../output.ts';
import { withOpen } from '../storage/command.ts';
import { requireData, storageNamed } from '../storage/name.ts';
import { compare } from './compare.ts';
import { findJourneys, readHistory, type Wanted } from './history.ts';
import { reconstruct } from './reconstruct.ts';
import type { Recording } from './recording.ts';
import { createReport, type Replayed } from './report.ts';
import { rerun } from './rerun.ts';

/** How many journeys are run again unless `--limit` says otherwise. */
const MOST_JOURNEYS = 1_000;

/** `parley replay`: 0 when all that can be run again says what it said, 1 when something would be said differently. */
export async function replay(flags: Flags, output: Output): Promise<number> {
  const organization = await configuredOrganization(flags);
  const wanted = wantedOf(flags, Date.now());
  findBots(organization, flags);
  const { storage } = await storageNamed(flags.from ?? 'config', async () => organization.storage);
  requireData(storage);
  const replayed = await withOpen(storage, () => replayJourneys(organization, storage, wanted));
  const report = createReport(replayed);
  output.write(flags.json ? `${JSON.stringify(report.json)}\n` : report.text);
  return report.differ > 0 ? 1 : 0;
}

/** Runs recorded journeys against the bots of an organization. Nothing is written. */
export async function replayJourneys(
  organization: Pick<Organization, 'apps' | 'actors'>,
  storage: Pick<Storage, 'conversations' | 'activity' | 'messages'>,
  wanted: Wanted,
): Promise<readonly Replayed[]> {
  const stage = new Stage(organization);
  const replayed: Replayed[] = [];
  for (const [key, journeys] of await findJourneys(storage, wanted)) {
    const history = await readHistory(storage, key);
    const app = stage.appOf(history.activity.find(({ kind }) => kind === 'journey.started')?.app);
    replayed.push(...stage.replay(key, reconstruct(history, { debounce: app?.debounce }), journeys));
  }
  return replayed.sort((one, other) => one.startedAt - other.startedAt);
}

/** The apps that journeys are run in again. */
class Stage {
  readonly #organization: Pick<Organization, 'apps' | 'actors'>;
  readonly #runtimes = new Map<string, AppRuntime>();

  constructor(organization: Pick<Organization, 'apps' | 'actors'>) {
    this.#organization = organization;
  }

  appOf(id: string | undefined): App | undefined {
    return this.#organization.apps.find((app) => app.id === id);
  }

  /**
   * Runs the journeys of one conversation, one after the other, as what a bot learns of the person is known to the next.
   *
   * @param wanted the ids of those to report on.
   */
  replay(key: ConversationKey, recordings: readonly Recording[], wanted: ReadonlySet<string>): readonly Replayed[] {
    const { theirs } = partiesOf(key);
    let actor: ActorProfile = this.#organization.actors.find(({ address }) => address === theirs) ?? {
      address: theirs,
    };
    const replayed: Replayed[] = [];
    for (const recording of recordings) {
      const isWanted = recording.journeys.some((journey) => wanted.has(journey));
      const run = this.#run(recording, actor);
      actor = run.actor;
      if (isWanted) replayed.push(run.replayed);
    }
    return replayed;
  }

  #run(recording: Recording, actor: ActorProfile): { readonly replayed: Replayed; readonly actor: ActorProfile } {
    const { conversation, app: appId, bot, journeys, version, startedAt } = recording;
    const app = this.appOf(appId);
    const current = app?.bots.find(({ id }) => id === bot);
    const common = {
      ...{ conversation, app: appId, bot, journeys, version, startedAt, now: current?.version },
      confidential: app?.confidential ?? true,
    };
    if (app === undefined || current === undefined) {
      const reason = app === undefined ? `there is no app ${appId}` : `the app ${appId} has no bot ${bot}`;
      return { actor, replayed: { ...common, outcome: { kind: 'skipped', reason } } };
    }
    const run = rerun(recording, this.#runtimeOf(app, recording.hasJournal), actor);
    const { stop, doubts } = run;
    return {
      actor: run.actor,
      replayed: { ...common, outcome: { kind: 'run', ...compare(recording, run), stop, doubts } },
    };
  }

  /** What was gathered into one text is in a journal as such. Time can be let pass in preview apps only. */
  #runtimeOf(app: App, hasJournal: boolean): AppRuntime {
    const name = `${app.id} ${hasJournal}`;
    const known = this.#runtimes.get(name);
    if (known !== undefined) return known;
    const debounce = hasJournal ? undefined : app.debounce;
    const runtime = createAppRuntime({ ...app, mode: 'preview', journal: false, debounce });
    this.#runtimes.set(name, runtime);
    return runtime;
  }
}

/**
 * Which journeys the command line asks for.
 *
 * @throws `error.platform.command-line.malformed`
 */
export function wantedOf({ app, bot, since, limit }: Flags, now: number): Wanted {
  return {
    ...(app === undefined ? {} : { app }),
    ...(bot === undefined ? {} : { bot }),
    ...(since === undefined ? {} : { since: parseSince(since, now) }),
    limit: limit === undefined ? MOST_JOURNEYS : parseLimit(limit),
  };
}

/** A moment, or a span before the present. */
function parseSince(text: string, now: number): number {
  const span = parseSpan(text);
  const moment = span === undefined ? Date.parse(text) : now - span;
  return Number.isNaN(moment)
    ? malformed(`--since takes a time such as 2026-01-05 or a span such as 7d, not ${quote(text)}.`)
    : moment;
}

function parseLimit(text: string): number {
  const limit = Number(text);
  return Number.isInteger(limit) && limit > 0
    ? limit
    : malformed(`--limit takes a number of journeys, not ${quote(text)}.`);
}
