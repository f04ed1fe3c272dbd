import type { ConversationSummary } from '@parley/api';
import { Link } from 'wouter';
import { formatState } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Card } from '../../ui/page.tsx';
import './conversations.css';

/** The conversations with a person, one an app and channel. */
export function Conversations({ conversations }: { readonly conversations: readonly ConversationSummary[] }) {
  return (
    <Card title={conversations.length === 1 ? '1 conversation' : `${conversations.length} conversations`}>
      <ul className="person-conversations">
        {conversations.map((conversation) => (
          <li key={conversation.id}>
            <Line conversation={conversation} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Line({ conversation }: { readonly conversation: ConversationSummary }) {
  const { id, app, ours, heardAt, createdAt, journey } = conversation;
  return (
    <>
      <p className="person-conversation-head">
        <Link to={`/conversations/${id}`}>{app}</Link>
        <span>{ours}</span>
        <State conversation={conversation} />
      </p>
      <p className="person-conversation-more">
        {journey === undefined ? 'No journey' : `${journey.bot} in ${formatState(journey.state)}`} ·{' '}
        {heardAt === undefined ? 'never heard from, since ' : 'last heard from '}
        <Moment at={heardAt ?? createdAt} /> · <Link to={`/texts?conversation=${id}`}>texts</Link>
      </p>
    </>
  );
}

/** What somebody should look at. */
function State({ conversation: { handoff, halted, parked, waiting } }: { readonly conversation: ConversationSummary }) {
  if (halted !== undefined) return <Badge tone="bad">Halted</Badge>;
  if (parked > 0) return <Badge tone="bad">{`${parked} parked`}</Badge>;
  if (handoff !== undefined) return <Badge tone="warn">With people</Badge>;
  return waiting > 0 ? <Badge tone="busy">{`${waiting} waiting`}</Badge> : null;
}
