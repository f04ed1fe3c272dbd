import type { Verdict } from '@parley/api';
import { withoutCode } from '../../lib/without-code.ts';
import { Badge } from '../../ui/badge.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Card } from '../../ui/page.tsx';
import type { Detail } from './detail.ts';
import './verdicts.css';

const KINDS = {
  allow: { word: 'Allowed', tone: 'good' },
  deny: { word: 'Denied', tone: 'bad' },
  defer: { word: 'Deferred', tone: 'warn' },
} as const;

/** What each policy has said, by which rule and which data, every time that they were asked. */
export function Verdicts({ message: { history } }: { readonly message: Detail }) {
  const checks = history.flatMap(({ at, verdicts = [] }) => (verdicts.length === 0 ? [] : [{ at, verdicts }]));
  if (checks.length === 0) return null;
  return (
    <Card title="What policies said">
      <ol className="verdict-checks">
        {checks.map(({ at, verdicts }) => (
          <li key={at}>
            <h3>
              Asked <Moment at={at} />
            </h3>
            <ul className="verdicts">
              {verdicts.map((verdict) => (
                <Line key={verdict.policy} verdict={verdict} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Line({ verdict: { policy, kind, code, reason, rule, data, until } }: { readonly verdict: Verdict }) {
  const { word, tone } = KINDS[kind];
  return (
    <li>
      <span className="verdict-policy">{policy}</span>
      <span>
        <Badge tone={tone}>{word}</Badge>
      </span>
      <div className="verdict-why">
        {until !== undefined && (
          <p>
            until <Moment at={until} />
          </p>
        )}
        {reason !== undefined && <p>{withoutCode(reason)}</p>}
        {(rule ?? data ?? code) !== undefined && (
          <p className="verdict-basis">
            {rule !== undefined && (
              <span>
                rule <code>{rule}</code>
              </span>
            )}
            {data !== undefined && (
              <span>
                data <code>{data}</code>
              </span>
            )}
            {code !== undefined && <code>{code}</code>}
          </p>
        )}
      </div>
    </li>
  );
}
