import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import type uPlot from 'uplot';
import { type Bar, columnsOf, summaryOf } from './bars.ts';
import type { Status } from './counts.ts';
import { createPlot } from './plot.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');

function onScheme(listener: () => void): () => void {
  dark.addEventListener('change', listener);
  return () => dark.removeEventListener('change', listener);
}

/** The drawing itself. Says in a sentence what it shows; the table beside it says it whole. */
export function Chart({
  bars,
  hidden,
  onPoint,
}: {
  readonly bars: readonly Bar[];
  readonly hidden: ReadonlySet<Status>;
  readonly onPoint: (index: number | undefined) => void;
}) {
  const target = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const isDark = useSyncExternalStore(onScheme, () => dark.matches);
  const columns = useEffectEvent(() => columnsOf(bars, hidden));
  const labels = useEffectEvent(() => bars.map(({ label }) => label));
  const point = useEffectEvent(onPoint);

  const count = bars.length;
  // Made anew for other colours and for another span.
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the page, which changes with the scheme.
  useEffect(() => {
    const element = target.current;
    if (element === null) return;
    const made = createPlot(element, columns() as uPlot.AlignedData, {
      colorOf: (name) => colorIn(element, name),
      labels: () => labels(),
      onPoint: (index) => point(index),
    });
    plot.current = made;
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth;
      if (width > 0 && width !== made.width) made.setSize({ width, height: made.height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [isDark, count]);

  useEffect(() => plot.current?.setData(columnsOf(bars, hidden) as uPlot.AlignedData), [bars, hidden]);

  return <div ref={target} className="chart-canvas" role="img" aria-label={summaryOf(bars)} />;
}

const TOKENS: Readonly<Record<Status | 'ink' | 'line' | 'paper', string>> = {
  ...{ received: '--chart-received', delivered: '--chart-delivered', sent: '--chart-sent' },
  ...{ pending: '--chart-pending', failed: '--chart-failed', ink: '--ink-faint', line: '--line', paper: '--paper' },
};

/** What a token comes to in the light or the dark. */
function colorIn(element: HTMLElement, name: keyof typeof TOKENS): string {
  const probe = element.appendChild(document.createElement('span'));
  probe.style.color = `var(${TOKENS[name]})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
