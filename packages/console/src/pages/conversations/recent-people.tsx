import { Badge } from '../../ui/badge.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { List } from './list.tsx';
import { Row } from './row.tsx';
import { useRecent } from './use-recent.ts';
import './conversations.css';

/** The people whom something was said with lately, as it happens. */
export function RecentPeople({ app }: { readonly app: string | undefined }) {
  const { people, pages, more, isCut, isBusy, isConnected } = useRecent(app);
  if (pages.error !== null && people.length === 0) {
    return <Failure error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  if (pages.data === undefined) return <Loading label="Loading conversations" />;
  if (people.length === 0) {
    return (
      <Empty title="No conversations yet">
        {app === undefined
          ? 'They appear here as soon as somebody texts one of your numbers. Numbers shows what to set up.'
          : `Nobody has texted with ${app} yet.`}
      </Empty>
    );
  }
  return (
    <>
      {!isConnected && (
        <p className="people-note">
          <Badge tone="warn">Not live: the connection is gone</Badge>
        </p>
      )}
      <List label="Most recent conversations" more={more} isBusy={isBusy}>
        {people.map(({ conversation, last, summary }) => (
          <Row key={conversation} id={conversation} last={last} summary={summary} />
        ))}
      </List>
      {isCut && <p className="people-more">These are the most recent. Look for others by their numbers.</p>}
    </>
  );
}
