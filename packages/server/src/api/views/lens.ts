import type { App } from '@parley/core';
import type { ConversationIds } from '../conversation-ids.ts';
import type { Masking } from './masking.ts';

/** How whoever asks is shown things. */
export interface Lens {
  readonly ids: ConversationIds;
  readonly masking: Masking;
  readonly appOf: (id: string) => App | undefined;
}
