import { Button } from '../../ui/button.tsx';
import './live-switch.css';

/** Whether new texts appear by themselves, and a way to hold them back. */
export function LiveSwitch({
  connected,
  paused,
  onChange,
}: {
  readonly connected: boolean;
  readonly paused: boolean;
  readonly onChange: (paused: boolean) => void;
}) {
  const state = !connected ? 'lost' : paused ? 'paused' : 'live';
  const words = { lost: 'Reconnecting…', paused: 'Paused', live: 'Live' }[state];
  return (
    <Button
      className="live-switch"
      data-state={state}
      aria-pressed={!paused}
      title={paused ? 'Show new texts by themselves again' : 'Hold new texts back'}
      onClick={() => onChange(!paused)}
    >
      <span className="live-switch-dot" aria-hidden="true" />
      <span aria-live="polite">{words}</span>
    </Button>
  );
}
