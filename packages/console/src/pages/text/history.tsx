import { formatDuration } from '../../lib/format.ts';
import { withoutCode } from '../../lib/without-code.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Card } from '../../ui/page.tsx';
import type { Detail, Step } from './detail.ts';
import './history.css';

/** Who told of a step. */
const SOURCES: Readonly<Record<string, string>> = {
  engine: 'Parley',
  send: 'The provider’s answer',
  callback: 'The provider’s report',
  find: 'Found at the provider',
  asked: 'The provider, asked',
  policy: 'A policy',
};

/** How it got where it is, oldest first. */
export function History({ message: { history, at } }: { readonly message: Detail }) {
  if (history.length === 0) return null;
  return (
    <Card title="What happened">
      <ol className="history">
        {history.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step stays where it is; two may be of one moment.
          <Line key={index} step={step} after={step.at - (history[index - 1]?.at ?? at)} />
        ))}
      </ol>
    </Card>
  );
}

function Line({ step, after }: { readonly step: Step; readonly after: number }) {
  const { status, providerStatus, at, source, verdicts } = step;
  const decider = decidedBy(step);
  const isDeferred = status === 'pending' && (verdicts?.some(({ kind }) => kind === 'defer') ?? false);
  return (
    <li data-status={status}>
      <p className="history-head">
        <StatusBadge status={status} deferred={isDeferred} />
        <span className="history-time">
          <Moment at={at} />
          {after > 0 && <span className="history-after">+{formatDuration(after)}</span>}
        </span>
      </p>
      <p className="history-source">
        {SOURCES[source] ?? source}
        {decider !== undefined && `: ${decider.policy}`}
        {providerStatus !== undefined && (
          <>
            : <code>{providerStatus}</code>
          </>
        )}
      </p>
      <Code step={step} />
      <Raw step={step} />
    </li>
  );
}

/** The verdict that a step is of. */
function decidedBy({ code, verdicts }: Step) {
  return verdicts?.find((verdict) => verdict.kind !== 'allow' && verdict.code === code);
}

/** What went wrong, in the provider's words where it has some; what a policy has said stands below in whole. */
function Code({ step }: { readonly step: Step }) {
  const { code, reason, explanation } = step;
  if (code === undefined && reason === undefined) return null;
  const words = explanation?.meaning ?? (decidedBy(step) === undefined ? withoutCode(reason ?? '') : '');
  return (
    <div className="history-code">
      <p>
        {code !== undefined && <code>{code}</code>} {words}
      </p>
      {explanation !== undefined && <p>{explanation.advice}</p>}
    </div>
  );
}

/** What the provider sent, to the letter. */
function Raw({ step: { raw } }: { readonly step: Step }) {
  if (raw === undefined) return null;
  return (
    <details className="history-raw">
      <summary>As it came</summary>
      <Facts>
        {Object.entries(raw).map(([name, value]) => (
          <Fact key={name} label={name}>
            <code>{value}</code>
          </Fact>
        ))}
      </Facts>
    </details>
  );
}
