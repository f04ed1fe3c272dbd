import type { ConversationSummary } from '@parley/api';
import { Link } from 'wouter';
import { useAct } from '../../lib/api.ts';
import { formatPrecise, formatRelative } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Exchange } from './exchange.tsx';
import { Reply } from './reply.tsx';

interface InboxItemProps {
  readonly conversation: ConversationSummary;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Somebody who waits for a person; opened what was said last, and room for an answer. */
export function InboxItem({ conversation, open, onToggle }: InboxItemProps) {
  const { id, app, name, theirs, handoff } = conversation;
  const person = name ?? theirs;
  return (
    <li className="inbox-item">
      <button type="button" className="inbox-item-head" aria-expanded={open} onClick={onToggle}>
        <strong>{person}</strong>
        <span>{handoff?.note ?? 'No note'}</span>
        <small>
          {app} · for {handoff?.to}
          {handoff !== undefined && (
            <>
              {' · '}
              <time dateTime={new Date(handoff.at).toISOString()} title={formatPrecise(handoff.at)}>
                {formatRelative(handoff.at)}
              </time>
            </>
          )}
        </small>
      </button>
      {open && (
        <div className="inbox-item-body">
          <Exchange conversation={id} />
          <Answering id={id} person={person} />
        </div>
      )}
    </li>
  );
}

function Answering({ id, person }: { readonly id: string; readonly person: string }) {
  const giveBack = useAct('POST /conversations/:conversation/resume');
  const toast = useToast();
  const mayAnswer = useMay('agent');
  return (
    <div className="inbox-answering">
      {mayAnswer && <Reply conversation={id} person={person} />}
      <div className="inbox-acts">
        <Link to={`/conversations/${id}`}>Open the conversation</Link>
        {mayAnswer && (
          <Button
            busy={giveBack.isPending}
            onClick={() =>
              giveBack.mutate(
                { params: { conversation: id } },
                {
                  onSuccess: () => toast(`The bot has the conversation with ${person} again`),
                  onError: (error) => toast(error.message, 'bad'),
                },
              )
            }
          >
            Give back to the bot
          </Button>
        )}
      </div>
    </div>
  );
}
