import type { Conversation } from '@parley/api';
import { useMemo } from 'react';
import { Empty } from '../../../ui/states.tsx';
import type { Shown } from '../shown.ts';
import { differences } from '../steps/diff.ts';
import { comparable } from '../steps/step.ts';
import { type Marks, Tree } from './tree.tsx';

/** All that a machine is at some moment, with what has just changed marked. */
export function StatePanel({
  conversation,
  shown: { view, steps, index, isOver, journey },
}: {
  readonly conversation: Conversation;
  readonly shown: Shown;
}) {
  const marks = useMemo(() => {
    const step = index === undefined ? undefined : steps[index];
    const before = index === undefined ? undefined : steps[index - 1];
    if (step === undefined || before === undefined) return new Map() as Marks;
    const changes = differences(comparable(before), comparable(step));
    return new Map(changes.map(({ path, kind }) => [path.join('.'), kind])) as Marks;
  }, [steps, index]);
  if (view !== undefined) {
    return (
      <div className="state-panel">
        <Tree value={view} marks={marks} />
        {'context' in view || conversation.journal || (
          <p className="changes-none">What it knows, the app keeps to itself.</p>
        )}
      </div>
    );
  }
  if (journey === undefined) return <Empty title="No journey yet">No bot has talked with this person yet.</Empty>;
  return (
    <Empty title="Its state is not kept">
      {isOver
        ? 'This journey is over, and the app keeps no journal of what its machine knew.'
        : 'It was too large for the journal, or the app keeps it to itself.'}
    </Empty>
  );
}
