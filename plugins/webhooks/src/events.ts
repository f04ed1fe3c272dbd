import type { ActivityRecord, ConversationKey, MessageRecord } from '@parley/core';

/** What an endpoint is told: JSON, one event a request. */
export interface WebhookEvent {
  /** Unique; the same in every attempt. Twice the same is the same event. */
  readonly id: string;
  /** `message.received`, `message.pending`, `message.sent`, `message.delivered`, `message.failed`, or `activity.` and its kind. */
  readonly type: string;
  /** When it was learned of, ISO 8601. */
  readonly timestamp: string;
  readonly data: {
    readonly conversation: ConversationKey;
    readonly app: string;
    readonly message?: Omit<MessageRecord, 'conversation' | 'app'>;
    readonly activity?: Omit<ActivityRecord, 'conversation' | 'app'>;
  };
}

/** An event of a message having become what it is now. */
export function messageEvent({ conversation, app, ...message }: MessageRecord): WebhookEvent {
  const last = message.history.at(-1);
  return {
    id: `${message.id}:${message.status}:${message.history.length}`,
    type: `message.${message.status}`,
    timestamp: new Date(last?.at ?? message.at).toISOString(),
    data: { conversation, app, message },
  };
}

export function activityEvent({ conversation, app, ...activity }: ActivityRecord): WebhookEvent {
  return {
    id: activity.id,
    type: `activity.${activity.kind}`,
    timestamp: new Date(activity.at).toISOString(),
    data: { conversation, app, activity },
  };
}

/** Whether an endpoint wants an event: by its type, the beginning of it (`message.*`), or everything. */
export function isWanted(type: string, wanted: readonly string[]): boolean {
  return wanted.some((one) => one === '*' || one === type || (one.endsWith('.*') && type.startsWith(one.slice(0, -1))));
}
