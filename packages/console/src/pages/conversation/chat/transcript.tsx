import type { Message } from '@parley/api';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { formatDay } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Bubble } from './bubble.tsx';
import { type Item, itemsOf } from './items.ts';
import { useBottom } from './use-bottom.ts';

/** The texts of a conversation; only those that can be seen are in the page. */
export function Transcript({
  messages,
  older,
}: {
  readonly messages: readonly Message[];
  /** How to get older ones, if there are any. */
  readonly older: { readonly busy: boolean; readonly load: () => void } | undefined;
}) {
  const hasOlder = older !== undefined;
  const items = useMemo(() => itemsOf(messages, hasOlder), [messages, hasOlder]);
  const ref = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: items.length,
    getScrollElement: () => ref.current,
    estimateSize: (index) => (items[index]?.kind === 'text' ? 78 : 44),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 10,
  });
  const { onScroll, toBottom, isAtBottom } = useBottom(virtualizer, items);
  const [isUp, setUp] = useState(false);
  const rows = virtualizer.getVirtualItems();
  return (
    <div className="transcript-frame">
      <div
        ref={ref}
        className="transcript"
        role="log"
        aria-label="Texts"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys
        tabIndex={0}
        onScroll={() => {
          onScroll();
          setUp(!isAtBottom());
        }}
      >
        <div className="transcript-all" style={{ height: virtualizer.getTotalSize() }}>
          <div className="transcript-seen" style={{ transform: `translateY(${rows[0]?.start ?? 0}px)` }}>
            {rows.map((row) => {
              const item = items[row.index];
              return (
                item && (
                  <div key={row.key} ref={virtualizer.measureElement} data-index={row.index} className="transcript-row">
                    <Row item={item} older={older} />
                  </div>
                )
              );
            })}
          </div>
        </div>
      </div>
      {isUp && (
        <Button className="transcript-down" onClick={toBottom}>
          <Icon name="down" size={15} /> Newest
        </Button>
      )}
    </div>
  );
}

function Row({ item, older }: { readonly item: Item; readonly older: Parameters<typeof Transcript>[0]['older'] }) {
  switch (item.kind) {
    case 'older':
      return (
        <p className="transcript-older">
          <Button tone="quiet" busy={older?.busy ?? false} onClick={older?.load}>
            Older texts
          </Button>
        </p>
      );
    case 'day':
      return (
        <p className="transcript-day">
          <time dateTime={new Date(item.at).toISOString()}>{dayOf(item.at)}</time>
        </p>
      );
    case 'text':
      return <Bubble message={item.message} />;
  }
}

const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const year = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

function dayOf(at: number): string {
  const day = new Date(at);
  const now = new Date();
  if (day.toDateString() === now.toDateString()) return 'Today';
  if (day.getFullYear() !== now.getFullYear()) return year.format(at);
  return `${weekday.format(at)}, ${formatDay(at)}`;
}
