import type { Conversation } from '@parley/api';
import { Empty, Failure, Loading } from '../../../ui/states.tsx';
import type { useTranscript } from '../use-transcript.ts';
import { Say } from './say.tsx';
import { Transcript } from './transcript.tsx';
import './chat.css';

/** The conversation as a chat, and what to say in it. */
export function Chat({
  conversation,
  transcript: { pages, messages },
}: {
  readonly conversation: Conversation;
  readonly transcript: ReturnType<typeof useTranscript>;
}) {
  return (
    <section className="chat" aria-label="Chat">
      {pages.error !== null && messages.length === 0 ? (
        <Failure error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.data === undefined ? (
        <Loading label="Loading texts" />
      ) : messages.length === 0 ? (
        <Empty title="No texts yet">Nothing was said in this conversation, or it has been kept for long enough.</Empty>
      ) : (
        <Transcript
          messages={messages}
          older={
            pages.hasNextPage ? { busy: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() } : undefined
          }
        />
      )}
      <Say conversation={conversation} />
    </section>
  );
}
