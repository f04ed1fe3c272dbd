import type { Clock, ConversationKey } from '@parley/core';
import type { Cells } from './cells.ts';
import type { Index } from './indexes.ts';
import type { Locks } from './locks.ts';
import type { Rows } from './rows.ts';

/** What the stores share while the storage is open. */
export interface Parts {
  readonly cells: Cells;
  readonly rows: Rows;
  readonly locks: Locks;
  readonly index: Index;
  /** Conversations with a write that failed: the store may have taken it all the same. */
  readonly inDoubt: Set<ConversationKey>;
  readonly clock: Clock;
}
