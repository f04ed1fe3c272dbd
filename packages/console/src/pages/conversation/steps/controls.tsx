import { eventName } from '../../../lib/event-name.ts';
import { formatPrecise } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { Shown } from '../shown.ts';
import type { StepControls } from '../use-steps.ts';

/** Steps back and forth through a journey. */
export function Controls({
  shown: { steps, index, isOver, isWhole },
  controls: { go, back, forward },
}: {
  readonly shown: Shown;
  readonly controls: StepControls;
}) {
  if (steps.length === 0) return null;
  const step = index === undefined ? undefined : steps[index];
  const count = `${steps.length}${isWhole ? '' : '+'}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a question
    <div className="step-controls" role="group" aria-label="Steps of the journey">
      <Button
        tone="quiet"
        aria-label="One step back"
        title="One step back (←)"
        disabled={back === undefined}
        onClick={back}
      >
        <Icon name="back" size={16} />
      </Button>
      <Button
        tone="quiet"
        aria-label="One step forward"
        title="One step forward (→)"
        disabled={forward === undefined}
        onClick={forward}
      >
        <Icon name="forward" size={16} />
      </Button>
      <p aria-live="polite">
        {step === undefined ? (
          <>
            <strong>{isOver ? 'At its end' : 'Now'}</strong>{' '}
            <span>{`after ${count} ${count === '1' ? 'step' : 'steps'}`}</span>
          </>
        ) : (
          <>
            <strong>{isWhole ? `Step ${(index ?? 0) + 1} of ${count}` : `Earlier step`}</strong>{' '}
            <span title={formatPrecise(step.at)}>{eventName(step.name)}</span>
          </>
        )}
      </p>
      {step !== undefined && (
        <Button tone="quiet" className="step-now" onClick={() => go(undefined)}>
          {isOver ? 'To the end' : 'Back to now'}
        </Button>
      )}
    </div>
  );
}
