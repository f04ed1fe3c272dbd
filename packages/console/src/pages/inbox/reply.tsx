import { type FormEvent, useId, useState } from 'react';
import { useAct } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toast.tsx';

/** What a text may have at most. */
const LONGEST = 1_600;

/** Room for an answer to somebody, as whoever is signed in. */
export function Reply({ conversation, person }: { readonly conversation: string; readonly person: string }) {
  const id = useId();
  const [text, setText] = useState('');
  const reply = useAct('POST /conversations/:conversation/reply');
  const toast = useToast();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    reply.mutate(
      { params: { conversation }, body: { text } },
      { onSuccess: () => setText(''), onError: (error) => toast(error.message, 'bad') },
    );
  };
  return (
    <form className="reply" onSubmit={send}>
      <label htmlFor={id}>Answer {person}</label>
      <textarea
        id={id}
        rows={3}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send(event);
        }}
      />
      <Button type="submit" tone="primary" disabled={text.trim() === ''} busy={reply.isPending}>
        Send
      </Button>
    </form>
  );
}
