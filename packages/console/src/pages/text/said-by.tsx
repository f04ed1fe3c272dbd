import { Link } from 'wouter';
import { formatState } from '../../lib/format.ts';
import { originKind, originName } from '../../lib/origin.ts';
import { useMay } from '../../lib/session.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Card } from '../../ui/page.tsx';
import { type Detail, partnerOf } from './detail.ts';

/** Who said it, in which journey and state, and where it belongs. */
export function SaidBy({ message }: { readonly message: Detail }) {
  const { origin, state, conversation, app, direction } = message;
  const mayKnow = useMay('agent');
  const journey = origin.kind === 'bot' ? `?journey=${encodeURIComponent(origin.journey)}` : '';
  return (
    <Card title={direction === 'inbound' ? 'Who it is from' : 'Who said it'}>
      <Facts>
        {direction === 'outbound' && (
          <Fact label={originKind(message)}>
            {originName(message)}
            {origin.kind === 'bot' && <> version {origin.version}</>}
          </Fact>
        )}
        <Fact label="In state">{hasStates(state) && <code>{formatState(state)}</code>}</Fact>
        {origin.kind === 'bot' && (
          <Fact label="Journey">
            <Link to={`/conversations/${conversation}${journey}`}>See the conversation at this journey</Link>
          </Fact>
        )}
        <Fact label="App">
          <Link to={`/texts?app=${encodeURIComponent(app)}`}>{app}</Link>
        </Fact>
        <Fact label="Person">
          {mayKnow ? <Link to={`/people/${conversation}`}>{partnerOf(message)}</Link> : partnerOf(message)}
        </Fact>
        <Fact label="Conversation">
          <Link to={`/conversations/${conversation}`}>Open it</Link>
          {' · '}
          <Link to={`/texts?conversation=${conversation}`}>all its texts</Link>
        </Fact>
      </Facts>
    </Card>
  );
}

/** The state value of a machine without states is an empty object. */
function hasStates(state: unknown): boolean {
  return typeof state === 'object' ? Object.keys(state ?? {}).length > 0 : state !== undefined;
}
