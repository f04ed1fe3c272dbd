import type { Conversation } from '@parley/api';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAct } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useToast } from '../../ui/toast.tsx';
import { TakeOver } from './take-over.tsx';

/** What can be done with a conversation. */
export function Actions({ conversation }: { readonly conversation: Conversation }) {
  const { id, handoff, journey } = conversation;
  const mayAnswer = useMay('agent');
  const mayEnd = useMay('operator');
  const [asking, setAsking] = useState<'take-over' | 'end'>();
  const toast = useToast();
  const resume = useAct('POST /conversations/:conversation/resume');
  const end = useAct('POST /conversations/:conversation/end');
  const params = { conversation: id };
  const onError = ({ message }: Error): void => toast(message, 'bad');
  return (
    <>
      {mayAnswer && (
        <Link to={`/people/${encodeURIComponent(id)}`} className="button" data-tone="quiet">
          <Icon name="person" size={16} /> Person
        </Link>
      )}
      {mayEnd && journey !== undefined && (
        <Button tone="quiet" busy={end.isPending} onClick={() => setAsking('end')}>
          End journey
        </Button>
      )}
      {mayAnswer &&
        (handoff === undefined ? (
          <Button onClick={() => setAsking('take-over')}>Take over</Button>
        ) : (
          <Button
            tone="primary"
            busy={resume.isPending}
            onClick={() => resume.mutate({ params }, { onSuccess: () => toast('The bot has it again.'), onError })}
          >
            Give back
          </Button>
        ))}
      {asking === 'take-over' && <TakeOver conversation={id} onClose={() => setAsking(undefined)} />}
      {asking === 'end' && (
        <Confirm
          title="End this journey?"
          action="End journey"
          onConfirm={() => end.mutate({ params }, { onSuccess: () => toast('The journey has ended.'), onError })}
          onClose={() => setAsking(undefined)}
        >
          <p>
            The bot forgets where it was and what it waits for, and what is parked is dropped. The person is not told.
            Their next text may start a bot anew.
          </p>
        </Confirm>
      )}
    </>
  );
}
