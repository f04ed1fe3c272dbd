import type { Conversation, Task, Timer } from '@parley/api';
import { useAct } from '../../lib/api.ts';
import { eventName } from '../../lib/event-name.ts';
import { formatPrecise, formatRelative } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useNow } from './use-now.ts';

/** What a journey waits for: its timers and tasks, which people can hurry in apps that are not published. */
export function Waiting({ conversation }: { readonly conversation: Conversation }) {
  const { id, journey, preview, handoff } = conversation;
  const now = useNow(5_000);
  const may = useMay('agent') && preview;
  if (journey === undefined) return null;
  const { timers, tasks, expiresAt } = journey;
  const due = [...timers].sort((one, other) => one.dueAt - other.dueAt);
  return (
    <section className="waits" aria-label="What it waits for">
      <ul>
        {due.map((timer) => (
          <TimerRow
            key={`${timer.source.join('/')} ${timer.id} ${timer.dueAt}`}
            {...{ conversation: id, timer, now, may, isPaused: handoff !== undefined }}
          />
        ))}
        {tasks.map((task) => (
          <TaskRow key={task.id} {...{ conversation: id, task, now, may }} />
        ))}
        <li>
          <Icon name="path" size={15} />
          <span>
            Journey expires <When at={expiresAt} now={now} />
          </span>
        </li>
      </ul>
      {may && handoff === undefined && <SkipAhead conversation={id} />}
    </section>
  );
}

const SPANS = [
  ['10 min', 600_000],
  ['1 h', 3_600_000],
  ['1 day', 86_400_000],
] as const;

/** Has time pass for this conversation: what is tried out need not be waited for. */
function SkipAhead({ conversation }: { readonly conversation: string }) {
  const toast = useToast();
  const skip = useAct('POST /conversations/:conversation/skip-ahead');
  return (
    <div className="waits-skip">
      <span>Skip ahead</span>
      {SPANS.map(([name, by]) => (
        <Button
          key={name}
          busy={skip.isPending}
          aria-label={`Skip ahead by ${name}`}
          onClick={() =>
            skip.mutate(
              { params: { conversation }, body: { by } },
              { onSuccess: () => toast(`${name} later.`), onError: ({ message }) => toast(message, 'bad') },
            )
          }
        >
          {name}
        </Button>
      ))}
    </div>
  );
}

function When({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatPrecise(at)}>
      {formatRelative(at, now)}
    </time>
  );
}

function TimerRow({
  conversation,
  timer: { id, source, dueAt, event, held },
  now,
  may,
  isPaused,
}: {
  readonly conversation: string;
  readonly timer: Timer;
  readonly now: number;
  readonly may: boolean;
  readonly isPaused: boolean;
}) {
  const toast = useToast();
  const fire = useAct('POST /conversations/:conversation/fire');
  const name = eventName(event);
  return (
    <li>
      <Icon name="clock" size={15} />
      <span>
        <strong>{name}</strong>{' '}
        {held ? (
          'threw and does not come again by itself'
        ) : isPaused ? (
          'stands still until the conversation is given back'
        ) : (
          <>
            fires <When at={dueAt} now={now} />
          </>
        )}
        {source.length > 0 && <small> in {source.join(' › ')}</small>}
      </span>
      {may && (
        <Button
          busy={fire.isPending}
          aria-label={`Fire now: ${name}`}
          onClick={() =>
            fire.mutate(
              { params: { conversation }, body: { id, source, dueAt } },
              { onSuccess: () => toast(`Fired: ${name}.`), onError: ({ message }) => toast(message, 'bad') },
            )
          }
        >
          Fire now
        </Button>
      )}
    </li>
  );
}

function TaskRow({
  conversation,
  task: { id, name, attempts, failures, notBefore, held },
  now,
  may,
}: {
  readonly conversation: string;
  readonly task: Task;
  readonly now: number;
  readonly may: boolean;
}) {
  const toast = useToast();
  const retry = useAct('POST /conversations/:conversation/retry-task');
  return (
    <li>
      <Icon name="pulse" size={15} />
      <span>
        <strong>{name}</strong> <TaskStanding held={held} notBefore={notBefore} now={now} />
        <small>
          {' '}
          attempt {attempts}
          {failures > 0 && `, ${failures} failed`}
        </small>
      </span>
      {may && !held && notBefore !== undefined && (
        <Button
          busy={retry.isPending}
          aria-label={`Retry now: ${name}`}
          onClick={() =>
            retry.mutate(
              { params: { conversation }, body: { task: id } },
              { onSuccess: () => toast(`${name} is being tried.`), onError: ({ message }) => toast(message, 'bad') },
            )
          }
        >
          Retry now
        </Button>
      )}
    </li>
  );
}

function TaskStanding({ held, notBefore, now }: Pick<Task, 'held' | 'notBefore'> & { readonly now: number }) {
  if (held) return 'is over, and what came of it is parked';
  if (notBefore === undefined) return 'is running';
  return (
    <>
      is tried again <When at={notBefore} now={now} />
    </>
  );
}
