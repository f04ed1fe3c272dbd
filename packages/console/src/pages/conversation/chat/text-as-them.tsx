import { useAct } from '../../../lib/api.ts';
import { useToast } from '../../../ui/toast.tsx';
import { Composer } from './composer.tsx';

/** Says something as the person, where their phone is emulated. */
export function TextAsThem({ conversation }: { readonly conversation: string }) {
  const toast = useToast();
  const phone = useAct('POST /phone/conversations/:conversation');
  return (
    <Composer
      placeholder="Text as them"
      hint="Nobody has this phone: what you write here comes from it."
      busy={phone.isPending}
      onSend={(text, sent) =>
        phone.mutate(
          { params: { conversation }, body: { text } },
          { onSuccess: sent, onError: ({ message }) => toast(message, 'bad') },
        )
      }
    />
  );
}
