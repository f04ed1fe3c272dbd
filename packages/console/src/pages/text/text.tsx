import { useApi } from '../../lib/api.ts';
import { useLive } from '../../lib/live.ts';
import { useRefresh } from '../../lib/refresh.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { Acts } from './acts.tsx';
import { Body } from './body.tsx';
import { type Detail, partnerOf } from './detail.ts';
import { History } from './history.tsx';
import { Outcome } from './outcome.tsx';
import { RawFacts } from './raw-facts.tsx';
import { SaidBy } from './said-by.tsx';
import { Verdicts } from './verdicts.tsx';
import './text.css';

/** How often a text is asked for again at most while it moves, in milliseconds. */
const EVERY = 250;

/** What happened to one text, and why. */
export default function Text({ id }: { readonly id: string }) {
  const asked = { params: { id } };
  const { data, error, refetch, isPlaceholderData } = useApi('GET /messages/:id', asked);
  const refresh = useRefresh(['GET /messages/:id', asked], EVERY);
  if (error?.status === 404) {
    return <Empty title="There is no such text">It may have been erased with its person.</Empty>;
  }
  if (data === undefined || isPlaceholderData) {
    if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
    return <Loading label="Loading the text" />;
  }
  return <Shown message={data} onNews={refresh} />;
}

function Shown({ message, onNews }: { readonly message: Detail; readonly onNews: () => void }) {
  const { conversation, direction } = message;
  useLive({ conversation }, (news) => {
    if (news.some((one) => one.kind === 'message' && one.message.id === message.id)) onNews();
  });
  return (
    <>
      <BackLink to="/texts">Texts</BackLink>
      <Page
        title={`Text ${direction === 'inbound' ? 'from' : 'to'} ${partnerOf(message)}`}
        actions={<Acts message={message} />}
      >
        <div className="text-page">
          <div className="text-page-story">
            <Body message={message} />
            <Outcome message={message} />
            <History message={message} />
            <Verdicts message={message} />
          </div>
          <div className="text-page-facts">
            <SaidBy message={message} />
            <RawFacts message={message} />
          </div>
        </div>
      </Page>
    </>
  );
}
