import type { ConversationKey } from './address.ts';
import { createAppRuntime } from './app-runtime.ts';
import type { ConversationDocument, Journey } from './document.ts';
import { ParleyError } from './errors.ts';
import { appOf } from './operations.ts';
import type { Organization } from './organization.ts';
import type { ConversationStore } from './storage.ts';
import { continuationOf } from './versions.ts';

/** Whether the bots of an organization can go on with one journey. */
export interface JourneyCheck {
  readonly conversation: ConversationKey;
  readonly app: string;
  readonly bot: string;
  /** The version that the journey is on. */
  readonly version: string;
  readonly outcome:
    | { readonly kind: 'goes-on' }
    | { readonly kind: 'migrates'; readonly to: string }
    | { readonly kind: 'fails'; readonly code: string; readonly reason: string };
}

/** How many conversations are read at a time. */
const PAGE = 200;

/**
 * Brings every journey of a storage to life under the bots of an organization, and says which can not go on; nothing is changed.
 * For a look ahead of a deploy: `parley check` does it.
 */
export async function* checkJourneys(
  organization: Pick<Organization, 'apps'>,
  conversations: Pick<ConversationStore, 'list'>,
  now: number,
): AsyncGenerator<JourneyCheck, void, undefined> {
  const apps = organization.apps.map((app) => createAppRuntime(app));
  let after: ConversationKey | undefined;
  for (;;) {
    const page = await conversations.list({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { key, app, journey } of page) {
      if (journey === undefined) continue;
      const { bot, version } = journey;
      yield { conversation: key, app, bot, version, outcome: check({ key, app }, journey) };
    }
    if (page.length < PAGE) return;
    after = page.at(-1)?.key;
  }

  function check({ key, app }: Pick<ConversationDocument, 'key' | 'app'>, journey: Journey): JourneyCheck['outcome'] {
    try {
      const runtime = appOf(apps, key);
      if (runtime === undefined) {
        const known = organization.apps.map(({ id }) => id).join(', ');
        throw new ParleyError('error.platform.app.unknown', { app, known });
      }
      const { hosted, migrated } = continuationOf(runtime, journey, now);
      const document = migrated?.document ?? journey.machine;
      // An event that is nobody's: what is left of the step is bringing the machine to life and back.
      hosted.host.step(document, { kind: 'timer', timer: NOBODYS }, now);
      const lost = document.tasks.find(({ name }) => hosted.host.taskFunction(name) === undefined);
      if (lost !== undefined) {
        throw new ParleyError('error.platform.task.unknown', { task: lost.name, bot: hosted.bot.id });
      }
      return migrated === undefined ? { kind: 'goes-on' } : { kind: 'migrates', to: hosted.bot.version };
    } catch (error) {
      const code = error instanceof ParleyError ? error.code : 'error.platform.bot.not-restorable';
      return { kind: 'fails', code, reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

const NOBODYS = { id: '', source: [], target: [], event: { type: '' }, dueAt: Number.NaN };
