import type { Conversation } from '@parley/api';
import type { ReactNode } from 'react';
import { useMedia } from '../../lib/media.ts';
import { useQueryState } from '../../lib/query-state.ts';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { Chat } from './chat/chat.tsx';
import { MachinePanel } from './machine-panel.tsx';
import type { Shown } from './shown.ts';
import { StatePanel } from './state/state-panel.tsx';
import { Controls } from './steps/controls.tsx';
import { Log } from './steps/log.tsx';
import type { useLog } from './use-log.ts';
import type { StepControls } from './use-steps.ts';
import type { useTranscript } from './use-transcript.ts';

export interface WorkspaceProps {
  readonly conversation: Conversation;
  readonly transcript: ReturnType<typeof useTranscript>;
  readonly log: ReturnType<typeof useLog>;
  readonly shown: Shown;
  readonly controls: StepControls;
}

type View = 'chat' | 'machine' | 'steps' | 'state';

const TABS: readonly Tab<View>[] = [
  { name: 'chat', label: 'Chat' },
  { name: 'machine', label: 'Machine' },
  { name: 'steps', label: 'Steps' },
  { name: 'state', label: 'State' },
];
/** There is room for the machine beside the chat. */
const WIDE = '(min-width: 1120px)';
const WIDE_TABS = TABS.slice(2);

/** Chat, machine, steps and state: side by side where there is room, else one after the other. */
export function Workspace(props: WorkspaceProps) {
  const isWide = useMedia(WIDE);
  const [given, setView] = useQueryState('view');
  const view = TABS.find(({ name }) => name === given)?.name;
  if (!isWide) return <Narrow {...props} view={view ?? 'chat'} onView={setView} />;
  const { conversation, transcript } = props;
  return (
    <div className="workspace" data-wide>
      <div className="conversation-pane">
        <Chat conversation={conversation} transcript={transcript} />
      </div>
      <div className="workspace-bot">
        <section className="conversation-pane" aria-label="Machine">
          <Controls {...props} />
          <MachinePanel {...props} />
        </section>
        <div className="conversation-pane">
          <Tabs label="What it did" tabs={WIDE_TABS} selected={view === 'state' ? 'state' : 'steps'} onSelect={setView}>
            <Scrolling label={view === 'state' ? 'State' : 'Steps'}>
              {view === 'state' ? <StatePanel {...props} /> : <Log {...props} />}
            </Scrolling>
          </Tabs>
        </div>
      </div>
    </div>
  );
}

function Narrow({
  view,
  onView,
  ...props
}: WorkspaceProps & { readonly view: View; readonly onView: (view: View) => void }) {
  return (
    <div className="workspace">
      <div className="conversation-pane">
        <Tabs label="What to see of it" tabs={TABS} selected={view} onSelect={onView}>
          {view === 'chat' ? (
            <Chat conversation={props.conversation} transcript={props.transcript} />
          ) : (
            <>
              <Controls {...props} />
              {view === 'machine' && <MachinePanel {...props} />}
              {view === 'steps' && (
                <Scrolling label="Steps">
                  <Log {...props} />
                </Scrolling>
              )}
              {view === 'state' && (
                <Scrolling label="State">
                  <StatePanel {...props} />
                </Scrolling>
              )}
            </>
          )}
        </Tabs>
      </div>
    </div>
  );
}

function Scrolling({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys
    <section className="scrolling" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
