import type { ConversationSummary } from '@parley/api';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { useAct, usePages } from '../../lib/api.ts';
import { useLive } from '../../lib/live.ts';
import { useRefresh } from '../../lib/refresh.ts';
import { useMay } from '../../lib/session.ts';
import { AppChoice } from '../../ui/app-choice.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ParkedRow } from './parked-row.tsx';
import './parked.css';

type Act = 'retry' | 'skip' | 'end';

const WORDS: Readonly<Record<Act, { readonly verb: string; readonly done: string; readonly warning: string }>> = {
  retry: { verb: 'Retry', done: 'Taken in again', warning: '' },
  skip: {
    verb: 'Skip',
    done: 'Skipped',
    warning:
      'What was parked is dropped, and these conversations go on with what comes next. It can not be brought back.',
  },
  end: {
    verb: 'End',
    done: 'Ended',
    warning: 'The journeys of these conversations end, and what was parked is dropped. People have to begin anew.',
  },
};

/** What parks something, and what takes it up again. */
const CHANGES: ReadonlySet<string> = new Set([
  'parked',
  'halted',
  'retried',
  'skipped',
  'journey.ended',
  'journey.expired',
]);

/** What bots could not take in: why, and what to do with it. */
export default function Parked() {
  const [search, setSearch] = useSearchParams();
  const app = search.get('app') ?? '';
  const query = { parked: 'true', ...(app === '' ? {} : { app }) };
  const pages = usePages('GET /conversations', query);
  const refresh = useRefresh(['GET /conversations', query], 2_000);
  useLive(app === '' ? {} : { app }, (news) => {
    if (news.some((one) => one.kind === 'activity' && CHANGES.has(one.activity.kind))) refresh();
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const all = pages.data?.pages.flatMap(({ conversations }) => conversations) ?? [];
  const present = all.filter(({ id }) => chosen.has(id));

  return (
    <Page title="Parked">
      <p className="parked-lead">
        What a bot has thrown at waits here, and its conversation is as it was before. Mend and deploy the bot, then
        retry.
      </p>
      <AppChoice app={app} onChange={(id) => setSearch(id === '' ? {} : { app: id })} />
      {pages.error !== null && <Failure error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isLoading && <Loading />}
      {pages.data !== undefined && all.length === 0 && (
        <Empty title="Nothing is parked">Every bot has taken in all that it was told.</Empty>
      )}
      {all.length > 0 && (
        <>
          <Acts chosen={present} all={all} onChoose={setChosen} />
          <ul className="parked-list">
            {all.map((conversation) => (
              <ParkedRow
                key={conversation.id}
                conversation={conversation}
                chosen={chosen.has(conversation.id)}
                onChoose={(isChosen) => setChosen(withOrWithout(chosen, conversation.id, isChosen))}
              />
            ))}
          </ul>
          {pages.hasNextPage && (
            <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              Show more
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

interface ActsProps {
  readonly chosen: readonly ConversationSummary[];
  readonly all: readonly ConversationSummary[];
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** What is done with all that are chosen. */
function Acts({ chosen, all, onChoose }: ActsProps) {
  const [asked, setAsked] = useState<Act>();
  const toast = useToast();
  const acts = {
    retry: useAct('POST /parked/retry'),
    skip: useAct('POST /parked/skip'),
    end: useAct('POST /parked/end'),
  };
  const may = useMay('operator');
  if (!may) return null;

  const run = (act: Act): void => {
    acts[act].mutate(
      { body: { conversations: chosen.map(({ id }) => id) } },
      {
        onSuccess({ outcomes }) {
          const failed = outcomes.filter((outcome) => outcome.failed !== undefined);
          if (failed.length === 0) toast(`${WORDS[act].done}: ${outcomes.length}`);
          else toast(`${failed.length} of ${outcomes.length} did not work: ${failed[0]?.failed}`, 'bad');
          onChoose(new Set());
        },
        onError: (error) => toast(error.message, 'bad'),
      },
    );
  };

  const isAll = chosen.length === all.length;
  return (
    <div className="parked-acts">
      <label>
        <input
          type="checkbox"
          checked={isAll}
          onChange={() => onChoose(isAll ? new Set() : new Set(all.map(({ id }) => id)))}
        />{' '}
        {chosen.length === 0 ? `Choose all ${all.length}` : `${chosen.length} chosen`}
      </label>
      {(['retry', 'skip', 'end'] as const).map((act) => (
        <Button
          key={act}
          tone={act === 'retry' ? 'primary' : 'plain'}
          disabled={chosen.length === 0}
          busy={acts[act].isPending}
          onClick={() => (act === 'retry' ? run(act) : setAsked(act))}
        >
          {WORDS[act].verb}
        </Button>
      ))}
      {asked !== undefined && (
        <Confirm
          title={`${WORDS[asked].verb} ${chosen.length === 1 ? 'one conversation' : `${chosen.length} conversations`}?`}
          action={WORDS[asked].verb}
          onConfirm={() => run(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{WORDS[asked].warning}</p>
        </Confirm>
      )}
    </div>
  );
}

function withOrWithout(set: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  const changed = new Set(set);
  if (isIn) changed.add(id);
  else changed.delete(id);
  return changed;
}
