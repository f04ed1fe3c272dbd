import { useAct } from '../../../lib/api.ts';
import { useToast } from '../../../ui/toast.tsx';
import { Composer } from './composer.tsx';

/** Says something to the person. */
export function Reply({ conversation, hint }: { readonly conversation: string; readonly hint: string | undefined }) {
  const toast = useToast();
  const reply = useAct('POST /conversations/:conversation/reply');
  return (
    <Composer
      placeholder="Text them"
      hint={hint}
      busy={reply.isPending}
      onSend={(text, sent) =>
        reply.mutate(
          { params: { conversation }, body: { text } },
          { onSuccess: sent, onError: ({ message }) => toast(message, 'bad') },
        )
      }
    />
  );
}
