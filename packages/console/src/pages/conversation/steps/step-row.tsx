import { memo, useEffect, useMemo, useRef } from 'react';
import { eventName } from '../../../lib/event-name.ts';
import { formatState } from '../../../lib/format.ts';
import { Moment } from '../../../ui/moment.tsx';
import { Tree } from '../state/tree.tsx';
import type { StepControls } from '../use-steps.ts';
import { Changes } from './changes.tsx';
import { type Change, differences } from './diff.ts';
import { comparable, NOTHING, type Step } from './step.ts';

/** A step of a machine: what it was told, where it went, and what of it has changed; all of it where it is open. */
export const StepRow = memo(function StepRow({
  step,
  before,
  isOpen,
  onGo,
}: {
  readonly step: Step;
  readonly before: Step | undefined;
  readonly isOpen: boolean;
  readonly onGo: StepControls['go'];
}) {
  const changes = useMemo(() => changesOf(step, before), [step, before]);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const from = before && formatState(before.state);
  const to = formatState(step.state);
  return (
    <div ref={ref} className="step" data-open={isOpen || undefined}>
      <button
        type="button"
        className="step-head"
        aria-expanded={isOpen}
        onClick={() => onGo(isOpen ? undefined : step.id)}
      >
        <span className="step-event">{eventName(step.name)}</span>
        <Moment at={step.at} />
        <span className="step-state">
          {from !== undefined && from !== to && (
            <>
              {from} <span aria-hidden="true">→</span>
              <span className="visually-hidden">to</span>{' '}
            </>
          )}
          {to}
        </span>
        {!isOpen && changes !== undefined && changes.length > 0 && (
          <span className="step-summary">{summaryOf(changes)}</span>
        )}
      </button>
      {isOpen && (
        <div className="step-more">
          {changes === undefined ? (
            <p className="changes-none">{whyUnknown(step, before)}</p>
          ) : (
            <Changes changes={changes} />
          )}
          {step.event !== undefined && (
            <details className="step-event-data">
              <summary>The event</summary>
              <Tree value={step.event} />
            </details>
          )}
        </div>
      )}
    </div>
  );
});

function changesOf(step: Step, before: Step | undefined): readonly Change[] | undefined {
  if (step.view === undefined) return undefined;
  if (before === undefined) return step.name === 'xstate.init' ? differences(NOTHING, comparable(step)) : undefined;
  return before.view === undefined ? undefined : differences(comparable(before), comparable(step));
}

function whyUnknown({ view }: Step, before: Step | undefined): string {
  if (view === undefined)
    return 'What the machine knew then is not kept: it was too large, or the app keeps it to itself.';
  return before === undefined
    ? 'The step before it is further back: load older ones to see what has changed.'
    : 'What the machine knew before is not kept.';
}

const MOST_NAMED = 3;

function summaryOf(changes: readonly Change[]): string {
  const names = [...new Set(changes.map(({ path: [, ...inner] }) => inner.slice(0, 2).join('.')))];
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
