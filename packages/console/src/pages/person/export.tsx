import type { Message, Person } from '@parley/api';
import { useState } from 'react';
import { ApiError, call } from '../../lib/client.ts';
import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useToast } from '../../ui/toast.tsx';

/** How many texts are asked for at a time. */
const PAGE = 200;

/** All that is known of a person as a file: profile, what plugins know, conversations, and every text. */
export function Export({ person }: { readonly person: Person }) {
  const toast = useToast();
  const [count, setCount] = useState<number>();
  const save = async (): Promise<void> => {
    setCount(0);
    try {
      const texts = await textsOf(person, setCount);
      download({ exportedAt: new Date().toISOString(), ...person, texts });
      toast(`Saved with ${texts.length === 1 ? '1 text' : `${formatCount(texts.length)} texts`}.`);
    } catch (error) {
      toast(error instanceof ApiError ? error.message : 'The file could not be made.', 'bad');
    } finally {
      setCount(undefined);
    }
  };
  return (
    <Button busy={count !== undefined} onClick={() => void save()}>
      <Icon name="download" /> {count === undefined ? 'Export as JSON' : `${formatCount(count)} texts…`}
    </Button>
  );
}

async function textsOf({ conversations }: Person, onProgress: (count: number) => void): Promise<readonly Message[]> {
  const texts: Message[] = [];
  for (const { id: conversation } of conversations) {
    let cursor: string | undefined;
    do {
      const query = { conversation, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const page = await call('GET /messages', { query });
      texts.push(...page.messages);
      onProgress(texts.length);
      cursor = page.next;
    } while (cursor !== undefined);
  }
  return texts;
}

/** Named without the number: names of files end up in many places. */
function download(content: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, undefined, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `person-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
