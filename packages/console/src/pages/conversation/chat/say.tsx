import type { Conversation } from '@parley/api';
import { useState } from 'react';
import { useApi } from '../../../lib/api.ts';
import { useMay } from '../../../lib/session.ts';
import { type Tab, Tabs } from '../../../ui/tabs.tsx';
import { Reply } from './reply.tsx';
import { TextAsThem } from './text-as-them.tsx';

const SIDES: readonly Tab<'theirs' | 'ours'>[] = [
  { name: 'theirs', label: 'As the person' },
  { name: 'ours', label: 'As yourself' },
];

/** What can be said in a conversation by who is signed in; with an emulated phone also as the person. */
export function Say({ conversation }: { readonly conversation: Conversation }) {
  const isAgent = useMay('agent');
  const isOperator = useMay('operator');
  const organization = useApi('GET /organization', {});
  const [side, setSide] = useState<'theirs' | 'ours'>('theirs');
  if (!isAgent) return null;
  const reply = <Reply conversation={conversation.id} hint={hintOf(conversation)} />;
  const app = organization.data?.apps.find(({ id }) => id === conversation.app);
  if (!isOperator || app?.emulated !== true) return reply;
  return (
    <div className="chat-say">
      <Tabs label="Who says it" tabs={SIDES} selected={side} onSelect={setSide}>
        {side === 'ours' ? reply : <TextAsThem conversation={conversation.id} />}
      </Tabs>
    </div>
  );
}

function hintOf({ handoff, journey }: Conversation): string | undefined {
  if (handoff !== undefined || journey === undefined) return undefined;
  return 'The bot has this conversation and goes on answering unless you take over.';
}
