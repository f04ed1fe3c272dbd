import { formatPrecise } from '../../lib/format.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Card } from '../../ui/page.tsx';
import type { Detail } from './detail.ts';

/** What the log has of it, to look for it elsewhere. */
export function RawFacts({ message }: { readonly message: Detail }) {
  const { id, providerId, providerStatus, category, ours, theirs, direction, at } = message;
  const [from, to] = direction === 'inbound' ? [theirs, ours] : [ours, theirs];
  return (
    <Card title="Details">
      <Facts>
        <Fact label={direction === 'inbound' ? 'Received' : 'Asked for'}>
          <time dateTime={new Date(at).toISOString()}>{formatPrecise(at)}</time>
        </Fact>
        <Fact label="From">{from}</Fact>
        <Fact label="To">{to}</Fact>
        <Fact label="Category">{category}</Fact>
        <Fact label="Provider says">{providerStatus !== undefined && <code>{providerStatus}</code>}</Fact>
        <Fact label="Provider’s id">
          {providerId !== undefined && <Copyable value={providerId} what="provider’s id" />}
        </Fact>
        <Fact label="Id">
          <Copyable value={id} what="id" />
        </Fact>
      </Facts>
    </Card>
  );
}
