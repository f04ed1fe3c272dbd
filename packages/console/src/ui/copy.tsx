import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { useToast } from './toast.tsx';

/** Puts something into the clipboard, and says so. */
export function Copy({ text, what }: { readonly text: string; readonly what: string }) {
  const toast = useToast();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      toast(`Copied the ${what}.`);
    } catch {
      toast(`This browser does not let pages copy. Select the ${what} and copy it by hand.`, 'bad');
    }
  };
  return (
    <Button tone="quiet" onClick={() => void copy()} aria-label={`Copy the ${what}`} title={`Copy the ${what}`}>
      <Icon name="copy" size={16} />
    </Button>
  );
}
