import type { Health } from '@parley/api';
import { Link, useSearchParams } from 'wouter';
import { formatCount } from '../../lib/format.ts';
import { Card } from '../../ui/page.tsx';
import { ALL, outboundOf, rateText, WORDS } from './counts.ts';
import { textsPath } from './links.ts';
import type { Span } from './span.ts';
import './figures.css';

/** How each number is doing. */
export function AppsTable({ health, span }: { readonly health: Health; readonly span: Span }) {
  const [search] = useSearchParams();
  const rows = health.apps.toSorted(
    (one, other) => outboundOf(other) + other.received - outboundOf(one) - one.received,
  );
  const only = (app: string, ours: string): string => {
    const next = new URLSearchParams(search);
    next.set('app', app);
    next.set('ours', ours);
    return `/?${next}`;
  };
  return (
    <Card title="By app and number">
      {rows.length === 0 ? (
        <p className="failures-none">No texts {span.words}.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse can scroll it by keys.
        <section className="table-scroll" tabIndex={0} aria-label="Texts by app and number">
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">App</th>
                <th scope="col" className="is-word">
                  Number
                </th>
                {ALL.map((status) => (
                  <th key={status} scope="col">
                    {WORDS[status]}
                  </th>
                ))}
                <th scope="col">Delivery rate</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ app, ours, ...counts }) => (
                <tr key={`${app} ${ours}`}>
                  <th scope="row">
                    <Link to={only(app, ours)}>{app}</Link>
                  </th>
                  <td className="is-word">{ours}</td>
                  {ALL.map((status) => (
                    <td key={status} className={status === 'failed' && counts.failed > 0 ? 'is-bad' : undefined}>
                      {status === 'failed' && counts.failed > 0 ? (
                        <Link to={textsPath({ app }, span, 'failed')}>{formatCount(counts.failed)}</Link>
                      ) : (
                        formatCount(counts[status])
                      )}
                    </td>
                  ))}
                  <td>{rateText(counts)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  );
}
