import { useCallback, useEffect, useRef } from 'react';
import type { Shown } from './shown.ts';

export interface StepControls {
  /** Shows a step, or with `undefined` how it is now; `replace`: without a page to go back to. */
  readonly go: (step: string | undefined, options?: { readonly replace?: boolean }) => void;
  readonly back: (() => void) | undefined;
  readonly forward: (() => void) | undefined;
}

/** Goes through the steps of a journey, by arrow keys, too. */
export function useSteps({ steps, index }: Shown, go: StepControls['go']): StepControls {
  // How it is now is how it was after the last step.
  const at = index ?? steps.length - 1;
  const step = useCallback(
    (to: number) => () => go(to === steps.length - 1 ? undefined : steps[to]?.id, { replace: true }),
    [steps, go],
  );
  const back = at > 0 ? step(at - 1) : undefined;
  const forward = index !== undefined && at < steps.length - 1 ? step(at + 1) : undefined;
  const latest = useRef({ back, forward });
  latest.current = { back, forward };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (isOwnArrows(event.target)) return;
      const act = { ArrowLeft: latest.current.back, ArrowRight: latest.current.forward }[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return { go, back, forward };
}

/** Whether arrow keys already mean something where the focus is. */
function isOwnArrows(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, dialog, [role=tablist], [data-own-arrows]') !== null
  );
}
