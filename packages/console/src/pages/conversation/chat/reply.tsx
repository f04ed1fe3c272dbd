import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { useAct } from '../../../lib/api.ts';
import { Button } from '../../../ui/button.tsx';
import { useToast } from '../../../ui/toast.tsx';

const LONGEST = 1_600;

/** Says something to the person. */
export function Reply({
  conversation,
  hint,
}: {
  readonly conversation: string;
  /** What to know before one says something. */
  readonly hint: string | undefined;
}) {
  const id = useId();
  const toast = useToast();
  const reply = useAct('POST /conversations/:conversation/reply');
  const [text, setText] = useState('');

  const send = (): void => {
    if (text.trim() === '' || reply.isPending) return;
    reply.mutate(
      { params: { conversation }, body: { text } },
      {
        onSuccess: () => setText(''),
        onError: ({ message }) => toast(message, 'bad'),
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  return (
    <form className="chat-reply" onSubmit={onSubmit}>
      <label htmlFor={id} className="visually-hidden">
        Your text
      </label>
      <textarea
        id={id}
        rows={Math.min(6, text.split('\n').length)}
        maxLength={LONGEST}
        placeholder="Text them"
        value={text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button type="submit" tone="primary" busy={reply.isPending} disabled={text.trim() === ''}>
        Send
      </Button>
      <p id={`${id}-hint`} className="chat-reply-hint">
        {hint} {text.length > LONGEST - 200 && `${text.length} of ${LONGEST} characters.`}
        {hint === undefined && text.length <= LONGEST - 200 && 'Enter sends, Shift and Enter begin a new line.'}
      </p>
    </form>
  );
}
