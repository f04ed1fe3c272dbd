import type { Message } from '@parley/api';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useMedia } from '../../lib/media.ts';
import { Row } from './row.tsx';
import './rows.css';

/** Where lines become cards, and cards have three lines: as in row.css. */
const NARROW = '(max-width: 1000px)';
const NARROWEST = '(max-width: 600px)';
const HEIGHTS = { line: 40, card: 64, tall: 90 } as const;
const OVERSCAN = 12;

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

interface RowsProps {
  readonly messages: readonly Message[];
  readonly showApp: boolean;
  /** Called while the end is near. */
  readonly onEnd: () => void;
}

/** A list of texts, of which only those are drawn that are on the screen. */
export function Rows(props: RowsProps) {
  const isNarrow = useMedia(NARROW);
  const isNarrowest = useMedia(NARROWEST);
  const height = isNarrowest ? HEIGHTS.tall : isNarrow ? HEIGHTS.card : HEIGHTS.line;
  return <Drawn key={height} height={height} {...props} />;
}

function Drawn({ messages, showApp, onEnd, height }: RowsProps & { readonly height: number }) {
  const list = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
  const virtualizer = useWindowVirtualizer({
    count: messages.length,
    estimateSize: () => height,
    getItemKey: (index) => messages[index]?.id ?? index,
    overscan: OVERSCAN,
    scrollMargin: margin,
  });
  useAnchor(messages, height, margin);

  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const isNearEnd = last >= messages.length - OVERSCAN;
  useEffect(() => {
    if (isNearEnd) onEnd();
  });

  /** Goes up and down by arrows, or by `j` and `k`. */
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    const step = STEPS[event.key];
    const here = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset.index;
    if (step === undefined || here === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = Math.min(Math.max(Number(here) + step, 0), messages.length - 1);
    event.preventDefault();
    virtualizer.scrollToIndex(index, { align: 'auto' });
    list.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus({ preventScroll: true });
  };

  return (
    <ul
      ref={list}
      className="text-rows-list"
      aria-label="Texts, newest first"
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={onKeyDown}
    >
      {items.map(({ index, key, start }) => {
        const message = messages[index];
        return (
          message && (
            <li
              key={key}
              data-index={index}
              aria-setsize={messages.length}
              aria-posinset={index + 1}
              style={{ height, transform: `translateY(${start - margin}px)` }}
            >
              <Row message={message} showApp={showApp} />
            </li>
          )
        );
      })}
    </ul>
  );
}

/** What is read stays where it is when something is put in above it. */
function useAnchor(messages: readonly Message[], height: number, margin: number): void {
  const before = useRef<readonly Message[]>(messages);
  useLayoutEffect(() => {
    const top = Math.floor((window.scrollY - margin) / height);
    const anchor = top > 0 ? before.current[top] : undefined;
    before.current = messages;
    if (anchor === undefined || messages[top]?.id === anchor.id) return;
    const index = messages.findIndex(({ id }) => id === anchor.id);
    if (index >= 0) window.scrollBy(0, (index - top) * height);
  }, [messages, height, margin]);
}
