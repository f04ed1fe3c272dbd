import { withoutCode } from '../../lib/without-code.ts';
import { Icon } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import type { Detail } from './detail.ts';
import './outcome.css';

/** Why it failed or waits, and what to do. Nothing where all is well. */
export function Outcome({ message }: { readonly message: Detail }) {
  const { error, deferred, explanation } = message;
  if (error !== undefined) {
    const reason = withoutCode(error.reason);
    const hasOwnWords = explanation !== undefined && !reason.startsWith(explanation.meaning);
    return (
      <section className="outcome" data-tone="bad" aria-labelledby="outcome-title">
        <Icon name="warning" />
        <div>
          <h2 id="outcome-title">{explanation?.meaning ?? reason}</h2>
          {explanation !== undefined && (
            <p>
              <strong>What to do:</strong> {explanation.advice}
            </p>
          )}
          <p className="outcome-code">
            <code>{error.code}</code>
            {hasOwnWords && ` ${reason}`}
          </p>
        </div>
      </section>
    );
  }
  if (deferred === undefined) return null;
  return (
    <section className="outcome" data-tone="warn" aria-labelledby="outcome-title">
      <Icon name="clock" />
      <div>
        <h2 id="outcome-title">
          {deferred.until === undefined ? (
            'It waits'
          ) : (
            <>
              It waits until <Moment at={deferred.until} /> (<Moment at={deferred.until} relative />)
            </>
          )}
        </h2>
        <p>{deferred.reason === undefined ? 'Then it is looked at again.' : withoutCode(deferred.reason)}</p>
        <p className="outcome-code">
          {deferred.policy} {deferred.code !== undefined && <code>{deferred.code}</code>}
        </p>
      </div>
    </section>
  );
}
