import { Link } from 'wouter';
import type { ApiError } from '../../lib/client.ts';
import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';

/** What comes after the last line: older texts, or that there are none. */
export function Foot({
  count,
  oldest,
  hasOlder,
  isCapped,
  isLoading,
  error,
  onOlder,
}: {
  readonly count: number;
  readonly oldest: number | undefined;
  readonly hasOlder: boolean;
  /** There are as many as a page can hold. */
  readonly isCapped: boolean;
  readonly isLoading: boolean;
  readonly error: ApiError | null;
  readonly onOlder: () => void;
}) {
  if (!hasOlder)
    return (
      <p className="text-rows-foot">{count === 1 ? 'This is the only one.' : `These are all ${formatCount(count)}.`}</p>
    );
  if (isCapped) return <Further count={count} oldest={oldest} />;
  return (
    <div className="text-rows-foot">
      {error !== null && <span role="alert">{error.message}</span>}
      {count === 0 && error === null && <span>None found so far.</span>}
      <Button busy={isLoading} onClick={onOlder}>
        {isLoading ? 'Loading older texts…' : error === null ? 'Older texts' : 'Try again'}
      </Button>
    </div>
  );
}

/** Goes on with those before the oldest that is shown. */
function Further({ count, oldest = 0 }: { readonly count: number; readonly oldest: number | undefined }) {
  const search = new URLSearchParams(window.location.search);
  search.delete('span');
  // Those of the same millisecond are shown again rather than left out.
  search.set('until', String(oldest + 1));
  return (
    <p className="text-rows-foot">
      {formatCount(count)} texts are shown.
      <Link to={`/texts?${search}`} onClick={() => window.scrollTo({ top: 0 })}>
        Go on with older ones
      </Link>
    </p>
  );
}
