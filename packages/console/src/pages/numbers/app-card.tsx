import type { Organization } from '@parley/api';
import { Link } from 'wouter';
import { useMay } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Copy } from '../../ui/copy.tsx';
import { NumberCheck } from './number-check.tsx';

export type App = Organization['apps'][number];

/** An app with its number, its bots, and what the provider has to be told. */
export function AppCard({ app }: { readonly app: App }) {
  const { id, address, mode, bots, emulated, journal, confidential } = app;
  const of = `?app=${encodeURIComponent(id)}`;
  return (
    <section className="card" aria-labelledby={`app-${id}`}>
      <header className="app-head">
        <h2 id={`app-${id}`}>
          <span className="app-address">{address}</span> <span className="app-id">{id}</span>
        </h2>
        <Badge tone={mode === 'published' ? 'good' : 'busy'}>{mode === 'published' ? 'Published' : 'Preview'}</Badge>
        {emulated && <Badge tone="warn">Emulated</Badge>}
        {confidential && <Badge>Confidential</Badge>}
        <nav className="app-links" aria-label={`More of ${id}`}>
          <Link to={`/${of}`}>Health</Link>
          <Link to={`/texts${of}`}>Texts</Link>
          <Link to={`/conversations${of}`}>Conversations</Link>
        </nav>
      </header>
      <dl className="facts">
        <div>
          <dt>Bots</dt>
          <dd>
            <Bots app={id} bots={bots} />
          </dd>
        </div>
        <Reached app={app} />
        <div>
          <dt>Kept</dt>
          <dd>{kept(journal, confidential)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** Where people reach it, and what the provider has to be told. */
function Reached({ app: { id, transport, inboundUrl, page, emulated } }: { readonly app: App }) {
  const mayCheck = useMay('operator');
  const url = page ?? inboundUrl ?? '';
  return (
    <div>
      <dt>{page === undefined ? 'Webhook for texts' : 'Its page'}</dt>
      <dd>
        <span className="facts-url">
          {page === undefined ? <code>{url}</code> : <a href={url}>{url}</a>}
          <Copy text={url} what={page === undefined ? 'webhook URL' : 'address'} />
        </span>
        {emulated ? (
          <p className="facts-soft">
            No text leaves this computer, so no provider has to be set up.{' '}
            {mayCheck && <Link to="/phone">Text it as somebody</Link>}
          </p>
        ) : (
          <p className="facts-soft">
            {page === undefined
              ? `To be called with POST by ${transport} when a text comes in.`
              : 'Where people write to it, without any provider.'}
          </p>
        )}
        {!emulated && page === undefined && mayCheck && <NumberCheck app={id} />}
      </dd>
    </div>
  );
}

function kept(journal: boolean, confidential: boolean): string {
  const steps = journal ? 'Every step of its bots (journal)' : 'What happened, without every step (no journal)';
  return confidential ? `${steps}; texts are not shown to anybody.` : `${steps}.`;
}

/** `any-text` is `any text`; what follows is the operator's own: `keyword HELLO, HI`. */
function triggerWords(trigger: string): string {
  return trigger.replace(/^\S+/, (kind) => kind.replaceAll('-', ' '));
}

function Bots({ app, bots }: { readonly app: string; readonly bots: App['bots'] }) {
  if (bots.length === 0) return <span className="facts-soft">None: it only sends.</span>;
  return (
    <ul className="bots">
      {bots.map(({ id, version, triggers }) => (
        <li key={id}>
          <p>
            <Link to={`/journeys?app=${encodeURIComponent(app)}&bot=${encodeURIComponent(id)}`}>{id}</Link>{' '}
            <span className="facts-soft">version {version}</span>
          </p>
          <p className="facts-soft">
            {triggers.length === 0
              ? 'started by other bots or through the API'
              : `begins at ${triggers.map(triggerWords).join(' · ')}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
