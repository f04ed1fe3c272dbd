import { useSearchParams } from 'wouter';
import { usePages } from '../../lib/api.ts';
import { useLive } from '../../lib/live.ts';
import { useRefresh } from '../../lib/refresh.ts';
import { AppChoice } from '../../ui/app-choice.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { InboxItem } from './inbox-item.tsx';
import './inbox.css';

/** What brings conversations here, and takes them away. */
const CHANGES: ReadonlySet<string> = new Set(['handoff', 'resumed', 'journey.ended', 'journey.expired']);

/** Conversations that people have: read, answer, give back. */
export default function Inbox() {
  const [search, setSearch] = useSearchParams();
  const app = search.get('app') ?? '';
  const open = search.get('open') ?? undefined;
  const query = { handedOver: 'true', ...(app === '' ? {} : { app }) };
  const pages = usePages('GET /conversations', query);
  const refresh = useRefresh(['GET /conversations', query], 2_000);
  useLive(app === '' ? {} : { app }, (news) => {
    if (news.some((one) => one.kind === 'activity' && CHANGES.has(one.activity.kind))) refresh();
  });
  const all = pages.data?.pages.flatMap(({ conversations }) => conversations) ?? [];
  // Who has waited longest comes first.
  const waiting = [...all].sort((one, other) => (one.handoff?.at ?? 0) - (other.handoff?.at ?? 0));
  const show = (change: Readonly<Record<string, string | undefined>>): void => {
    const next = { app, open, ...change };
    setSearch(Object.entries(next).flatMap(([key, value]) => (value ? [[key, value]] : [])));
  };

  return (
    <Page title="Inbox">
      <AppChoice app={app} onChange={(id) => show({ app: id })} />
      {pages.error !== null && <Failure error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isLoading && <Loading />}
      {pages.data !== undefined && waiting.length === 0 && (
        <Empty title="Nobody is waiting for a person">
          Conversations come here when a bot hands them over, or when somebody takes one from its bot.
        </Empty>
      )}
      <ul className="inbox">
        {waiting.map((conversation) => (
          <InboxItem
            key={conversation.id}
            conversation={conversation}
            open={conversation.id === open}
            onToggle={() => show({ open: conversation.id === open ? undefined : conversation.id })}
          />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Page>
  );
}
