import type { Health } from '@parley/api';
import { Link } from 'wouter';
import { formatCount, formatShare } from '../../lib/format.ts';
import { Card } from '../../ui/page.tsx';
import { codeWords } from './codes.ts';
import { textsPath } from './links.ts';
import type { Span } from './span.ts';
import type { Scope } from './use-health.ts';
import './failures.css';

/** Why texts failed, in the provider's words, and what to do. */
export function Failures({
  health,
  scope,
  span,
}: {
  readonly health: Health;
  readonly scope: Scope;
  readonly span: Span;
}) {
  const { failures, failuresPartial } = health;
  const all = failures.reduce((sum, { count }) => sum + count, 0);
  const to = textsPath(scope, span, 'failed');
  return (
    <Card title="Failures" actions={all > 0 && <Link to={to}>See the texts</Link>}>
      {all === 0 ? (
        <p className="failures-none">No text failed {span.words}.</p>
      ) : (
        <ul className="failures">
          {failures.map(({ code, count, explanation }) => (
            <li key={code}>
              <Link to={`${to}&code=${encodeURIComponent(code)}`} className="failures-count">
                {formatCount(count)}
                <span className="visually-hidden"> texts with {code}</span>
              </Link>
              <div>
                <p>
                  <strong>
                    {explanation?.meaning ?? codeWords(code) ?? 'The provider gave no reason that is known.'}
                  </strong>{' '}
                  <code>{code}</code>
                </p>
                {explanation !== undefined && explanation.advice !== '' && (
                  <p className="failures-advice">{explanation.advice}</p>
                )}
              </div>
              <span className="failures-share">{formatShare(count / all)}</span>
            </li>
          ))}
        </ul>
      )}
      {failuresPartial && <p className="failures-none">There are more: only the newest were looked at.</p>}
    </Card>
  );
}
