import type { Conversation as ConversationData } from '@parley/api';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../lib/api.ts';
import type { ApiError } from '../../lib/client.ts';
import { useLive } from '../../lib/live.ts';
import { useQueryState } from '../../lib/query-state.ts';
import { useRefresh } from '../../lib/refresh.ts';
import { Badge } from '../../ui/badge.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { Actions } from './actions.tsx';
import { Notices } from './notices.tsx';
import { shownOf } from './shown.ts';
import { useLog } from './use-log.ts';
import { useSteps } from './use-steps.ts';
import { useTranscript } from './use-transcript.ts';
import { Workspace } from './workspace.tsx';
import './conversation.css';

/** A conversation: what was said, and what its machine did. */
export default function Conversation({ id }: { readonly id: string }) {
  return <OneConversation key={id} id={id} />;
}

function OneConversation({ id }: { readonly id: string }) {
  const asked = useMemo(() => ({ params: { conversation: id } }), [id]);
  const conversation = useApi('GET /conversations/:conversation', asked);
  const transcript = useTranscript(id);
  const log = useLog(id);
  const refresh = useRefresh(['GET /conversations/:conversation', asked], 1_000);
  const isConnected = useLive({ conversation: id }, (news) => {
    transcript.add(news.flatMap((one) => (one.kind === 'message' ? [one.message] : [])));
    log.add(news.flatMap((one) => (one.kind === 'activity' ? [one.activity] : [])));
    refresh();
  });
  const { data } = conversation;
  if (data === undefined) {
    return (
      <Page title="Conversation">
        <NotThere error={conversation.error} onRetry={() => void conversation.refetch()} />
      </Page>
    );
  }
  return <Opened {...{ conversation: data, transcript, log, isConnected }} />;
}

function NotThere({ error, onRetry }: { readonly error: ApiError | null; readonly onRetry: () => void }) {
  if (error === null) return <Loading label="Loading the conversation" />;
  if (error.code !== 'error.platform.conversation.unknown') return <Failure error={error} onRetry={onRetry} />;
  return (
    <Empty title="There is no such conversation">
      Perhaps the person was forgotten. <Link to="/conversations">See all conversations</Link>
    </Empty>
  );
}

function Opened({
  conversation,
  transcript,
  log,
  isConnected,
}: {
  readonly conversation: ConversationData;
  readonly transcript: ReturnType<typeof useTranscript>;
  readonly log: ReturnType<typeof useLog>;
  readonly isConnected: boolean;
}) {
  const [wanted, setStep] = useQueryState('step');
  const [journey] = useQueryState('journey');
  const shown = useMemo(
    () => shownOf(conversation, log.entries, wanted, journey),
    [conversation, log.entries, wanted, journey],
  );
  useFinding(log, wanted);
  const go = useCallback<Parameters<typeof useSteps>[1]>((step, options) => setStep(step, options), [setStep]);
  const controls = useSteps(shown, go);
  const { theirs, name } = conversation;
  return (
    <div className="conversation">
      <Page title={name ?? theirs} actions={<Actions conversation={conversation} />}>
        <About conversation={conversation} isConnected={isConnected} />
        <Notices conversation={conversation} />
        <Workspace {...{ conversation, transcript, log, shown, controls }} />
      </Page>
    </div>
  );
}

/** How far back a step is looked for whose address somebody has opened, in pages. */
const FURTHEST = 20;

/** Loads older steps until the one that is wanted is there. */
function useFinding({ entries, pages }: ReturnType<typeof useLog>, wanted: string | undefined): void {
  const count = useRef(0);
  const isMissing = wanted !== undefined && !entries.some(({ id }) => id === wanted);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (!isMissing || !hasNextPage || isFetchingNextPage || count.current >= FURTHEST) return;
    count.current += 1;
    void fetchNextPage();
  }, [isMissing, hasNextPage, isFetchingNextPage, fetchNextPage]);
}

function About({
  conversation: { app, ours, theirs, name, preview, handoff, parked, halted, waiting, journey },
  isConnected,
}: {
  readonly conversation: ConversationData;
  readonly isConnected: boolean;
}) {
  return (
    <p className="conversation-about">
      {name !== undefined && <span>{theirs}</span>}
      <span>
        {app} <span className="conversation-about-ours">{ours}</span>
      </span>
      {journey !== undefined && (
        <span>
          {journey.bot} <small>version {journey.version}</small>
        </span>
      )}
      {preview && <Badge>Preview</Badge>}
      {handoff !== undefined && <Badge tone="warn">Handed over</Badge>}
      {halted !== undefined && <Badge tone="bad">Halted</Badge>}
      {parked.length > 0 && <Badge tone="bad">Parked</Badge>}
      {waiting > 0 && <Badge tone="busy">{waiting === 1 ? '1 text waits' : `${waiting} texts wait`}</Badge>}
      {!isConnected && <Badge tone="warn">Not live: the connection is gone</Badge>}
    </p>
  );
}
