import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAct } from '../../lib/api.ts';
import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useToast } from '../../ui/toast.tsx';
import './erase.css';

/** Forgets a person, once whoever asks has typed their number. */
export function Erase({ id, address }: { readonly id: string; readonly address: string }) {
  const toast = useToast();
  const [, goTo] = useLocation();
  const [isAsking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const erase = useAct('DELETE /people/:conversation');
  const digits = (text: string): string => text.replaceAll(/\D/g, '');
  const isTheirs = digits(typed) === digits(address);
  const open = (): void => {
    setTyped('');
    setAsking(true);
  };
  const forget = (): void => {
    if (!isTheirs) return toast('Nothing was erased: that is not their number.', 'bad');
    erase.mutate(
      { params: { conversation: id } },
      {
        onSuccess: ({ conversations, messages }) => {
          toast(`Erased: ${formatCount(conversations)} conversations with ${formatCount(messages)} texts.`);
          goTo('/texts');
        },
        onError: (error) => toast(error.message, 'bad'),
      },
    );
  };
  return (
    <>
      <Button tone="danger" busy={erase.isPending} onClick={open}>
        <Icon name="trash" /> Erase
      </Button>
      {isAsking && (
        <Confirm
          title="Erase this person?"
          action="Erase for good"
          disabled={!isTheirs}
          onConfirm={forget}
          onClose={() => setAsking(false)}
        >
          <div className="erase">
            <p>
              Their conversations in every app, all texts, their profile and what plugins know are gone for good. Proofs
              stay, such as that of an opt-out.
            </p>
            <Field
              label={`Type ${address} to go on`}
              value={typed}
              inputMode="tel"
              autoComplete="off"
              onChange={({ target }) => setTyped(target.value)}
            />
          </div>
        </Confirm>
      )}
    </>
  );
}
