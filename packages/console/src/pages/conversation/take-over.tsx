import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useAct } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Asks why one takes a conversation from its bot, then does. */
export function TakeOver({ conversation, onClose }: { readonly conversation: string; readonly onClose: () => void }) {
  const id = useId();
  const toast = useToast();
  const handOver = useAct('POST /conversations/:conversation/hand-over');
  const [note, setNote] = useState('');
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    handOver.mutate(
      { params: { conversation }, body: note.trim() === '' ? {} : { note: note.trim() } },
      {
        onSuccess: () => {
          toast('You have this conversation. The bot is quiet until you give it back.');
          ref.current?.close();
        },
        onError: ({ message }) => toast(message, 'bad'),
      },
    );
  };
  return (
    <dialog ref={ref} className="dialog" aria-labelledby={`${id}-title`} onClose={onClose}>
      <h2 id={`${id}-title`}>Take over this conversation</h2>
      <p>The bot hears nothing, and its timers stand still, until the conversation is given back.</p>
      <form className="take-over" onSubmit={submit}>
        <div className="field">
          <label htmlFor={`${id}-note`}>Note for your colleagues (optional)</label>
          <textarea
            id={`${id}-note`}
            rows={3}
            maxLength={1_000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <footer>
          <Button onClick={() => ref.current?.close()}>Leave it</Button>
          <Button type="submit" tone="primary" busy={handOver.isPending}>
            Take over
          </Button>
        </footer>
      </form>
    </dialog>
  );
}
