import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import './toast.css';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

type Show = (text: string, tone?: Toast['tone']) => void;

const ToastContext = createContext<Show>(() => {});

/** How long one stays, in milliseconds; bad news until somebody has closed them would be in the way of the next. */
const STAYS = { good: 4_000, bad: 10_000 };

/** Says in a corner how something went. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const show = useCallback<Show>((text, tone = 'good') => {
    const id = ++count.current;
    setToasts((all) => [...all.slice(-3), { id, text, tone }]);
    setTimeout(() => setToasts((all) => all.filter((toast) => toast.id !== id)), STAYS[tone]);
  }, []);
  return (
    <ToastContext value={show}>
      {children}
      <ol className="toasts" aria-live="polite">
        {toasts.map(({ id, text, tone }) => (
          <li key={id} data-tone={tone}>
            {text}
          </li>
        ))}
      </ol>
    </ToastContext>
  );
}

export function useToast(): Show {
  return useContext(ToastContext);
}
