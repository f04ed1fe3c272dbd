import type { Conversation } from '@parley/api';
import { useApi } from '../../lib/api.ts';
import { Chart } from '../../statechart/chart.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import type { Shown } from './shown.ts';
import { Waiting } from './waiting.tsx';

/** The bot's machine, where it is in it, and what it waits for. */
export function MachinePanel({ conversation, shown }: { readonly conversation: Conversation; readonly shown: Shown }) {
  const { bot, version, index } = shown;
  if (bot === undefined) return <NoBot app={conversation.app} />;
  return (
    <>
      <BotChart key={`${bot} ${version}`} app={conversation.app} bot={bot} version={version} shown={shown} />
      {index === undefined && <Waiting conversation={conversation} />}
    </>
  );
}

function NoBot({ app }: { readonly app: string }) {
  const { data, error } = useApi('GET /organization', {});
  if (data === undefined && error === null) return <Loading />;
  const bots = data?.apps.find(({ id }) => id === app)?.bots ?? [];
  if (data !== undefined && bots.length === 0) {
    return <Empty title="No bot talks here">The app {app} has no bots, so there is no machine to draw.</Empty>;
  }
  return (
    <Empty title="No bot has talked here yet">
      Its machine will be drawn here as soon as a text, an event or you start one.
    </Empty>
  );
}

function BotChart({
  app,
  bot,
  version,
  shown: { position },
}: {
  readonly app: string;
  readonly bot: string;
  readonly version: string | undefined;
  readonly shown: Shown;
}) {
  const machine = useApi('GET /apps/:app/bots/:bot/machine', {
    params: { app, bot },
    query: version === undefined ? {} : { version },
  });
  if (machine.data !== undefined) {
    const { root, version: drawn } = machine.data;
    return (
      <>
        {version !== undefined && version !== drawn && (
          <p className="journal-note">
            This journey runs version {version}, which is gone. This is version {drawn}.
          </p>
        )}
        <Chart root={root} position={position} />
      </>
    );
  }
  if (machine.error?.code === 'error.platform.bot.unknown') {
    return <Empty title={`There is no bot ${bot} any more`}>The machine that ran here was taken out of the app.</Empty>;
  }
  if (machine.error !== null) return <Failure error={machine.error} onRetry={() => void machine.refetch()} />;
  return <Loading label="Loading the machine" />;
}
