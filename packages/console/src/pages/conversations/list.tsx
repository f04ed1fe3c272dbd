import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';

/** Rows, and how to get more of them. */
export function List({
  label,
  more,
  isBusy,
  children,
}: {
  readonly label: string;
  readonly more: (() => void) | undefined;
  readonly isBusy: boolean;
  readonly children: ReactNode;
}) {
  return (
    <>
      <ul className="people" aria-label={label}>
        {children}
      </ul>
      {more !== undefined && (
        <p className="people-more">
          <Button busy={isBusy} onClick={more}>
            Show more
          </Button>
        </p>
      )}
    </>
  );
}
