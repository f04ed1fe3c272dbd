import type { Funnel as FunnelData } from '@parley/api';
import { useMemo } from 'react';
import { useApi } from '../../lib/api.ts';
import { formatCount, formatDuration, formatShare } from '../../lib/format.ts';
import { Chart } from '../../statechart/chart.tsx';
import { Card } from '../../ui/page.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { type Filter, STATUSES, sinceOf } from './filters.tsx';

/** How journeys of one bot went: how many got through, and where the others were left. */
export function Funnel({ filter: { app, bot, days } }: { readonly filter: Filter }) {
  const { data, error, refetch } = useApi('GET /funnel', { query: { app, bot, ...sinceOf(days) } });
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return (
    <Card title={`${bot}, all together`}>
      <Figures data={data} />
      {data.partial && <p className="funnel-note">Of the newest journeys: there are more than are looked at.</p>}
      <div className="funnel-parts">
        <Dropped data={data} />
        <Tracked data={data} />
      </div>
      <Drawn app={app} bot={bot} data={data} />
    </Card>
  );
}

/** The same on the machine itself: at each state how many were left in it. */
function Drawn({
  app,
  bot,
  data: { dropped },
}: {
  readonly app: string;
  readonly bot: string;
  readonly data: FunnelData;
}) {
  const machine = useApi('GET /apps/:app/bots/:bot/machine', { params: { app, bot } });
  const notes = useMemo(
    () => new Map(statesOf(dropped).map(({ state, count }) => [state, formatCount(count)])),
    [dropped],
  );
  if (machine.data === undefined) return null;
  return <Chart root={machine.data.root} notes={notes} />;
}

function Figures({ data: { started, done, running, averageDuration } }: { readonly data: FunnelData }) {
  return (
    <dl className="funnel-figures">
      <div>
        <dt>Begun</dt>
        <dd>{formatCount(started)}</dd>
      </div>
      <div>
        <dt>Done</dt>
        <dd>
          {formatCount(done)} {started > 0 && <small>{formatShare(done / started)}</small>}
        </dd>
      </div>
      <div>
        <dt>Under way</dt>
        <dd>{formatCount(running)}</dd>
      </div>
      {averageDuration !== undefined && (
        <div>
          <dt>Takes</dt>
          <dd>{formatDuration(averageDuration)}</dd>
        </div>
      )}
    </dl>
  );
}

/** Where journeys ended that were not done: a bar a state. */
function Dropped({ data: { dropped, started } }: { readonly data: FunnelData }) {
  const states = useMemo(() => statesOf(dropped), [dropped]);
  const most = states[0]?.count ?? 1;
  if (states.length === 0) return null;
  return (
    <section>
      <h3>Left in</h3>
      <ul className="funnel-bars">
        {states.map(({ state, count, words }) => (
          <li key={state}>
            <span className="mono">{state || 'the beginning'}</span>
            <span className="funnel-bar" style={{ inlineSize: `${(100 * count) / most}%` }} />
            <span className="funnel-count">
              {formatCount(count)} <small>{formatShare(count / Math.max(started, 1))}</small>
            </span>
            <small className="funnel-words">{words}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tracked({ data: { tracked, started } }: { readonly data: FunnelData }) {
  if (tracked.length === 0) return null;
  return (
    <section>
      <h3>Tracked</h3>
      <ul className="funnel-tracked">
        {tracked.map(({ name, count }) => (
          <li key={name}>
            <span>{name}</span>
            <span className="funnel-count">
              {formatCount(count)} <small>{formatShare(count / Math.max(started, 1))}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The states with how many were left in each, the most first, and in which ways. */
function statesOf(dropped: FunnelData['dropped']) {
  const byState = new Map<string, { count: number; words: string[] }>();
  for (const { state, status, count } of dropped) {
    const known = byState.get(state) ?? { count: 0, words: [] };
    known.count += count;
    known.words.push(`${formatCount(count)} ${STATUSES[status].toLowerCase()}`);
    byState.set(state, known);
  }
  return [...byState]
    .map(([state, { count, words }]) => ({ state, count, words: words.join(', ') }))
    .sort((one, other) => other.count - one.count);
}
