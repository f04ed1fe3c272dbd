import type { Conversation } from '@parley/api';
import { type ReactNode, useState } from 'react';
import { useAct } from '../../lib/api.ts';
import { call } from '../../lib/client.ts';
import { useMay } from '../../lib/session.ts';
import { withoutCode } from '../../lib/without-code.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import { useToast } from '../../ui/toast.tsx';

/** What somebody has to know before anything else: that it stands still, what is parked, who has it. */
export function Notices({ conversation }: { readonly conversation: Conversation }) {
  const { halted, parked, handoff } = conversation;
  return (
    <>
      {halted !== undefined && (
        <Notice tone="bad" icon="warning" title="This conversation stands still" at={halted.at}>
          {withoutCode(halted.reason)} <code>{halted.code}</code>
          <span className="notice-advice"> Ending the journey lets it go on.</span>
        </Notice>
      )}
      {parked.length > 0 && <Parked conversation={conversation} />}
      {handoff !== undefined && (
        <Notice tone="warn" icon="person" title={`${handoff.to} has this conversation`} at={handoff.at}>
          {handoff.note}
        </Notice>
      )}
    </>
  );
}

function Notice({
  tone,
  icon,
  title,
  at,
  actions,
  children,
}: {
  readonly tone: 'bad' | 'warn';
  readonly icon: IconName;
  readonly title: string;
  readonly at: number;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="notice" data-tone={tone} aria-label={title}>
      <Icon name={icon} />
      <div>
        <p>
          <strong>{title}</strong>{' '}
          <span className="notice-since">
            since <Moment at={at} />
          </span>
        </p>
        <div className="notice-more">{children}</div>
      </div>
      {actions !== undefined && <div className="notice-actions">{actions}</div>}
    </section>
  );
}

/** More are not listed: they wait for the first. */
const MOST_PARKED = 3;

const WHATS: Readonly<Record<string, string>> = {
  text: 'A text of theirs',
  event: 'An event',
  timer: 'A timer',
  task: 'The outcome of a task',
  start: 'The start of a bot',
};

function Parked({ conversation: { id, parked } }: { readonly conversation: Conversation }) {
  const may = useMay('operator');
  const toast = useToast();
  const retry = useAct('POST /parked/retry');
  const skip = useAct('POST /parked/skip');
  const [isAsking, setAsking] = useState(false);
  const body = { conversations: [id] };
  const onError = ({ message }: Error): void => toast(message, 'bad');

  /** What fails once more is parked again, and the answer does not tell. */
  const tellOfRetry = async (failed: string | undefined): Promise<void> => {
    if (failed !== undefined) return toast(`It could not be taken in again: ${failed}.`, 'bad');
    const { parked: left } = await call('GET /conversations/:conversation', { params: { conversation: id } });
    if (left.length === 0) toast('All that was parked has been taken in.');
    else toast(`It failed once more: ${withoutCode(left[0]?.reason ?? '')}`, 'bad');
  };
  const tellOfSkip = (failed: string | undefined): void => {
    if (failed === undefined) toast('What was parked has been dropped.');
    else toast(`That did not work: ${failed}.`, 'bad');
  };
  const actions = may && (
    <>
      <Button
        busy={retry.isPending}
        onClick={() =>
          retry.mutate(
            { body },
            { onSuccess: ({ outcomes }) => void tellOfRetry(outcomes[0]?.failed).catch(onError), onError },
          )
        }
      >
        Retry
      </Button>
      <Button tone="quiet" busy={skip.isPending} onClick={() => setAsking(true)}>
        Skip
      </Button>
    </>
  );
  return (
    <Notice
      tone="bad"
      icon="pause"
      title={parked.length === 1 ? 'One thing is parked' : `${parked.length} things are parked`}
      at={parked[0]?.at ?? 0}
      actions={actions || undefined}
    >
      <ul className="notice-parked">
        {parked.slice(0, MOST_PARKED).map(({ id: event, what, reason, code, where, at }) => (
          <li key={event}>
            {WHATS[what] ?? what}: {withoutCode(reason)} <code>{code}</code>{' '}
            {where !== undefined && <code>at {where} </code>}
            <Moment at={at} />
          </li>
        ))}
        {parked.length > MOST_PARKED && <li>And {parked.length - MOST_PARKED} more.</li>}
      </ul>
      {isAsking && (
        <Confirm
          title="Drop what is parked?"
          action="Skip it"
          onConfirm={() =>
            skip.mutate({ body }, { onSuccess: ({ outcomes: [outcome] }) => tellOfSkip(outcome?.failed), onError })
          }
          onClose={() => setAsking(false)}
        >
          <p>The bot will never hear of it, and goes on with what comes next.</p>
        </Confirm>
      )}
    </Notice>
  );
}
