import { ActivityIndex } from './activity-index.ts';
import { ConversationIndex } from './conversation-index.ts';
import { DataIndex } from './data-index.ts';
import { MessageIndex } from './message-index.ts';
import { Schedule } from './schedule.ts';

/** All that is known in memory of what is stored, to find it by. */
export interface Index {
  readonly conversations: ConversationIndex;
  readonly messages: MessageIndex;
  readonly activity: ActivityIndex;
  readonly data: DataIndex;
  /** When claims run out, by their cells' names. */
  readonly claims: Schedule;
}

export function emptyIndex(): Index {
  return {
    conversations: new ConversationIndex(),
    messages: new MessageIndex(),
    activity: new ActivityIndex(),
    data: new DataIndex(),
    claims: new Schedule(),
  };
}
