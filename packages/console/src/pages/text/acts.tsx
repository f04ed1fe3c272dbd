import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAct } from '../../lib/api.ts';
import type { ApiError } from '../../lib/client.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useToast } from '../../ui/toast.tsx';
import { type Detail, partnerOf } from './detail.ts';

/** What can be done about a text as it is now, by whoever is signed in. */
export function Acts({ message }: { readonly message: Detail }) {
  const { direction, status, providerId } = message;
  const isAgent = useMay('agent');
  const isOperator = useMay('operator');
  if (direction === 'inbound') return null;
  return (
    <>
      {isAgent && providerId !== undefined && <Refresh message={message} />}
      {isAgent && status === 'pending' && <TakeBack message={message} />}
      {isOperator && status === 'failed' && <SendAgain message={message} />}
    </>
  );
}

function Refresh({ message: { id } }: { readonly message: Detail }) {
  const toast = useToast();
  const refresh = useAct('POST /messages/:id/refresh');
  return (
    <Button
      busy={refresh.isPending}
      onClick={() =>
        refresh.mutate(
          { params: { id } },
          {
            onSuccess: ({ status, providerStatus }) => toast(`The provider says: ${providerStatus ?? status}.`),
            onError: tell(toast),
          },
        )
      }
    >
      <Icon name="refresh" /> Ask the provider
    </Button>
  );
}

function TakeBack({ message: { id } }: { readonly message: Detail }) {
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const cancel = useAct('POST /messages/:id/cancel');
  const takeBack = (): void =>
    cancel.mutate(
      { params: { id } },
      {
        onSuccess: ({ cancelled }) =>
          cancelled ? toast('It was taken back and will not leave.') : toast('Too late: it is on its way.', 'bad'),
        onError: tell(toast),
      },
    );
  return (
    <>
      <Button busy={cancel.isPending} onClick={() => setAsking(true)}>
        <Icon name="undo" /> Take back
      </Button>
      {isAsking && (
        <Confirm
          title="Take this text back?"
          action="Take it back"
          onConfirm={takeBack}
          onClose={() => setAsking(false)}
        >
          <p>It will not be sent, now or later, and counts as failed. What has left already can not be taken back.</p>
        </Confirm>
      )}
    </>
  );
}

function SendAgain({ message }: { readonly message: Detail }) {
  const toast = useToast();
  const [, goTo] = useLocation();
  const [isAsking, setAsking] = useState(false);
  const resend = useAct('POST /messages/:id/resend');
  const send = (): void =>
    resend.mutate(
      { params: { id: message.id } },
      {
        onSuccess: ({ id }) => {
          toast('It was sent again, as this new text.');
          goTo(`/texts/${id}`);
        },
        onError: tell(toast),
      },
    );
  return (
    <>
      <Button tone="primary" busy={resend.isPending} onClick={() => setAsking(true)}>
        <Icon name="send" /> Send again
      </Button>
      {isAsking && (
        <Confirm title="Send this text again?" action="Send it" onConfirm={send} onClose={() => setAsking(false)}>
          <p>
            {partnerOf(message)} gets it as a new text, which policies look at like at any other: they may defer or deny
            it. This one stays in the log as failed.
          </p>
        </Confirm>
      )}
    </>
  );
}

function tell(toast: ReturnType<typeof useToast>) {
  return (error: ApiError): void => toast(error.message, 'bad');
}
