import { useApi } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';

const TONES = { ok: 'good', differs: 'bad', unknown: 'warn' } as const;

/** Asks the provider whether it sends texts here, when somebody wants to know. */
export function NumberCheck({ app }: { readonly app: string }) {
  const check = useApi('GET /apps/:app/number', { params: { app } }, { enabled: false });
  const { data, error, isFetching, dataUpdatedAt } = check;
  return (
    <div className="check">
      <Button busy={isFetching} onClick={() => void check.refetch()}>
        {isFetching ? 'Asking the provider…' : 'Check at the provider'}
      </Button>
      <p role="status" className="check-result" data-tone={error === null ? data && TONES[data.result] : 'bad'}>
        {error !== null && (
          <>
            <Icon name="warning" size={16} /> {error.message}
          </>
        )}
        {error === null && data !== undefined && !isFetching && (
          <>
            <Icon name={data.result === 'ok' ? 'check' : 'warning'} size={16} />
            <span>
              {data.advice} <Moment at={dataUpdatedAt} />
            </span>
          </>
        )}
      </p>
    </div>
  );
}
