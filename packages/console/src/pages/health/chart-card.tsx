import type { Health } from '@parley/api';
import { useMemo, useState } from 'react';
import { formatCount } from '../../lib/format.ts';
import { Card } from '../../ui/page.tsx';
import { type Bar, barsOf } from './bars.ts';
import { Chart } from './chart.tsx';
import { ALL, type Status, WORDS } from './counts.ts';
import './chart.css';

/** Texts over time, with a legend that hides and shows, and the same as a table. */
export function ChartCard({ health, now }: { readonly health: Health; readonly now: number }) {
  const [hidden, setHidden] = useState<ReadonlySet<Status>>(new Set());
  const [pointed, setPointed] = useState<number>();
  const bars = useMemo(() => barsOf(health, now), [health, now]);
  const bar = pointed === undefined ? undefined : bars[pointed];
  const toggle = (status: Status): void => {
    const next = new Set(hidden);
    if (!next.delete(status)) next.add(status);
    setHidden(next);
  };
  return (
    <Card
      title={health.hours === undefined ? 'Texts by day' : 'Texts by hour'}
      actions={
        <span className="chart-name">{bar?.name ?? (health.hours === undefined ? 'days are UTC' : 'your time')}</span>
      }
    >
      <div className="chart">
        <Chart bars={bars} hidden={hidden} onPoint={setPointed} />
        <div className="chart-legend">
          {ALL.map((status) => (
            <button
              key={status}
              type="button"
              data-status={status}
              aria-pressed={!hidden.has(status)}
              title={hidden.has(status) ? 'Show it' : 'Hide it'}
              onClick={() => toggle(status)}
            >
              {WORDS[status]}
              <span className="chart-value">{formatCount((bar?.counts ?? health.totals)[status])}</span>
            </button>
          ))}
        </div>
      </div>
      <details className="chart-table">
        <summary>Show as a table</summary>
        <Table bars={bars} isHourly={health.hours !== undefined} />
      </details>
    </Card>
  );
}

function Table({ bars, isHourly }: { readonly bars: readonly Bar[]; readonly isHourly: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse can scroll it by keys.
    <section className="table-scroll" tabIndex={0} aria-label="Texts over time, as a table">
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{isHourly ? 'Hour from' : 'Day (UTC)'}</th>
            {ALL.map((status) => (
              <th key={status} scope="col">
                {WORDS[status]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.toReversed().map(({ at, name, counts }) => (
            <tr key={at}>
              <th scope="row">{name}</th>
              {ALL.map((status) => (
                <td key={status}>{formatCount(counts[status])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
