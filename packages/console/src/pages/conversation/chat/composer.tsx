import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { Button } from '../../../ui/button.tsx';

const LONGEST = 1_600;

/** Room for a text, sent with Enter. */
export function Composer({
  placeholder,
  hint,
  busy,
  onSend,
}: {
  readonly placeholder: string;
  /** What to know before one says something. */
  readonly hint: string | undefined;
  readonly busy: boolean;
  /** Sends a text, and calls `sent` when it has gone. */
  readonly onSend: (text: string, sent: () => void) => void;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const send = (event: FormEvent | KeyboardEvent): void => {
    event.preventDefault();
    if (text.trim() !== '' && !busy) onSend(text, () => setText(''));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  };
  return (
    <form className="chat-reply" onSubmit={send}>
      <label htmlFor={id} className="visually-hidden">
        Your text
      </label>
      <textarea
        id={id}
        rows={Math.min(6, text.split('\n').length)}
        maxLength={LONGEST}
        placeholder={placeholder}
        value={text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button type="submit" tone="primary" busy={busy} disabled={text.trim() === ''}>
        Send
      </Button>
      <p id={`${id}-hint`} className="chat-reply-hint">
        {hint} {text.length > LONGEST - 200 && `${text.length} of ${LONGEST} characters.`}
        {hint === undefined && text.length <= LONGEST - 200 && 'Enter sends, Shift and Enter begin a new line.'}
      </p>
    </form>
  );
}
