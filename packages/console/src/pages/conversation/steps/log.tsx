import type { Activity, Conversation } from '@parley/api';
import { useMemo } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Empty, Failure, Loading } from '../../../ui/states.tsx';
import { type Shown, toStep } from '../shown.ts';
import type { useLog } from '../use-log.ts';
import type { StepControls } from '../use-steps.ts';
import { ActivityRow } from './activity-row.tsx';
import type { Step } from './step.ts';
import { StepRow } from './step-row.tsx';
import './steps.css';

/** What happened in a conversation besides texts, newest first: the steps of its machines, and all else. */
export function Log({
  conversation,
  log: { pages, entries },
  shown,
  controls,
}: {
  readonly conversation: Conversation;
  readonly log: ReturnType<typeof useLog>;
  readonly shown: Shown;
  readonly controls: StepControls;
}) {
  const before = useMemo(() => predecessors(entries), [entries]);
  if (pages.error !== null && entries.length === 0) {
    return <Failure error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  if (pages.data === undefined) return <Loading label="Loading steps" />;
  const selected = shown.index === undefined ? undefined : shown.steps[shown.index]?.id;
  return (
    <>
      {!conversation.journal && (
        <p className="journal-note">
          This app keeps no journal, or keeps to itself what is in it, so what its machine knew at each step is not
          here: only how journeys began and ended, and what went wrong. <code>journal: true</code> in its definition
          keeps them.
        </p>
      )}
      {entries.length === 0 ? (
        <Empty title="Nothing happened yet">Steps of the bot will be listed here as they happen.</Empty>
      ) : (
        <ol className="journal">
          {entries.map((entry) => (
            <li key={entry.id} data-begins={entry.kind === 'journey.started' || undefined}>
              {entry.kind === 'step' ? (
                <StepRow
                  step={toStep(entry)}
                  before={before.get(entry.id)}
                  isOpen={entry.id === selected}
                  onGo={controls.go}
                />
              ) : (
                <ActivityRow entry={entry} />
              )}
            </li>
          ))}
        </ol>
      )}
      {pages.hasNextPage && (
        <p className="journal-older">
          <Button tone="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Older
          </Button>
        </p>
      )}
    </>
  );
}

/** The step before each step, within its journey. */
function predecessors(newestFirst: readonly Activity[]): ReadonlyMap<string, Step> {
  const found = new Map<string, Step>();
  const later = new Map<string, string>();
  for (const entry of newestFirst) {
    if (entry.kind !== 'step' || entry.journey === undefined) continue;
    const successor = later.get(entry.journey);
    if (successor !== undefined) found.set(successor, toStep(entry));
    later.set(entry.journey, entry.id);
  }
  return found;
}
