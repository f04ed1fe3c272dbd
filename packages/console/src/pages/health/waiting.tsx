import type { Health } from '@parley/api';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { formatCount, formatDuration } from '../../lib/format.ts';
import { Moment } from '../../ui/moment.tsx';
import { Card } from '../../ui/page.tsx';
import { codeWords } from './codes.ts';
import { silentPath, textsPath } from './links.ts';
import { atLeast } from './troubles.ts';
import type { Scope } from './use-health.ts';
import './waiting.css';

/** What has not come to an end at this moment, whatever span the page is of. */
export function Waiting({
  health,
  scope,
  now,
}: {
  readonly health: Health;
  readonly scope: Scope;
  readonly now: number;
}) {
  const { queue, parked, stuck, deferred } = health;
  return (
    <Card title="At this moment">
      <dl className="waiting">
        <Line label="Due conversations" value={atLeast(queue.due, queue.atLeast)}>
          {lagOf(queue, now)}
          {scope.app !== undefined && ' · of all apps'}
        </Line>
        <Line label="Parked" value={atLeast(parked.count, parked.atLeast)}>
          {parked.count === 0 ? 'no bot waits for a decision' : <Link to="/parked">Decide what becomes of them</Link>}
        </Line>
        <Line label="Without a report" value={atLeast(stuck.count, stuck.atLeast)}>
          {stuck.count === 0 ? (
            'of texts of more than three days ago'
          ) : (
            <Link to={silentPath(scope, now)}>Sent more than three days ago</Link>
          )}
        </Line>
        {deferred.length === 0 && (
          <Line label="Held back" value="0">
            by rules such as quiet hours
          </Line>
        )}
      </dl>
      {deferred.length > 0 && <Deferred deferred={deferred} scope={scope} />}
    </Card>
  );
}

function lagOf({ due, since }: Health['queue'], now: number): string {
  if (due === 0) return 'the queue is empty';
  return since === undefined ? 'just now' : `the oldest for ${formatDuration(Math.max(0, now - since))}`;
}

function Line({
  label,
  value,
  children,
}: {
  readonly label: string;
  readonly value: string;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
      <dd className="waiting-note">{children}</dd>
    </div>
  );
}

function Deferred({ deferred, scope }: { readonly deferred: Health['deferred']; readonly scope: Scope }) {
  return (
    <>
      <h3 className="waiting-head">
        Held back by rules <Link to={textsPath(scope, {}, 'pending')}>See them</Link>
      </h3>
      <ul className="deferred">
        {deferred.map(({ code, count, until }) => (
          <li key={code}>
            <span title={code}>{codeWords(code) ?? code}</span>
            <span className="deferred-count">{formatCount(count)}</span>
            <span className="waiting-note">
              {until === undefined ? (
                'nobody knows until when'
              ) : (
                <>
                  the next goes <Moment at={until} relative />
                </>
              )}{' '}
              · <code>{code}</code>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
