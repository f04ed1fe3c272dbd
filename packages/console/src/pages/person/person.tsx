import { useApi } from '../../lib/api.ts';
import { useLive } from '../../lib/live.ts';
import { useRefresh } from '../../lib/refresh.ts';
import { useMay } from '../../lib/session.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { Conversations } from './conversations.tsx';
import { Erase } from './erase.tsx';
import { Export } from './export.tsx';
import { Known } from './known.tsx';
import { Profile } from './profile.tsx';
import './person.css';

/** A person changes seldom: how often they are asked for again at most, in milliseconds. */
const EVERY = 2_000;

/** All that is known of a person. `id` is that of any conversation with them. */
export default function Person({ id }: { readonly id: string }) {
  const isAgent = useMay('agent');
  if (!isAgent) {
    return <Empty title="People are for agents to see">Ask an operator for the role of an agent.</Empty>;
  }
  return <Shown id={id} />;
}

function Shown({ id }: { readonly id: string }) {
  const asked = { params: { conversation: id } };
  const { data, error, refetch, isPlaceholderData } = useApi('GET /people/:conversation', asked);
  const refresh = useRefresh(['GET /people/:conversation', asked], EVERY);
  const isOperator = useMay('operator');
  useLive({ conversation: id }, refresh);
  if (error?.status === 404) {
    return <Empty title="Nobody is known here">They may have been erased, or the link is of another server.</Empty>;
  }
  if (data === undefined || isPlaceholderData) {
    if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
    return <Loading label="Loading the person" />;
  }
  const { actor, conversations, plugins } = data;
  const name = [actor.firstName, actor.lastName].filter(Boolean).join(' ');
  return (
    <>
      <BackLink to={`/conversations/${id}`}>Conversation</BackLink>
      <Page
        title={name === '' ? actor.address : name}
        actions={
          <>
            <Export person={data} />
            {isOperator && <Erase id={id} address={actor.address} />}
          </>
        }
      >
        <div className="person">
          <Profile key={id} id={id} actor={actor} />
          <div className="person-rest">
            {plugins.map((facts) => (
              <Known key={facts.plugin} known={facts} />
            ))}
            <Conversations conversations={conversations} />
          </div>
        </div>
      </Page>
    </>
  );
}
