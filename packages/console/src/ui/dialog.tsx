import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import './dialog.css';

/** Asks before something is done that cannot be undone. */
export function Confirm({
  title,
  children,
  action,
  disabled = false,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says that does it: a verb. */
  readonly action: string;
  /** It cannot be done yet: something has to be typed first. */
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog ref={ref} className="dialog" aria-labelledby="dialog-title" onClose={onClose}>
      <h2 id="dialog-title">{title}</h2>
      <div>{children}</div>
      <footer>
        <Button onClick={() => ref.current?.close()}>Leave it</Button>
        <Button
          tone="danger"
          disabled={disabled}
          onClick={() => {
            onConfirm();
            ref.current?.close();
          }}
        >
          {action}
        </Button>
      </footer>
    </dialog>
  );
}
