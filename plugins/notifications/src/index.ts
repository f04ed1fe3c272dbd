export type { BroadcastProgress, BroadcastState, OutcomeName } from './broadcast/progress.ts';
export type { Malformed, Recipient } from './broadcast/recipient.ts';
export type { DataOf, Declarations, VariableOptions, VariableType } from './definition/declarations.ts';
export { defineNotification, type Notification, type NotificationOptions } from './definition/notification.ts';
export type { ApiKey } from './http/api-keys.ts';
export {
  type BroadcastOptions,
  type Notifications,
  type NotificationsOptions,
  type NotifyOptions,
  notifications,
} from './notifications.ts';
export type { Notified, Outcome } from './outcome.ts';
export type { LocalTime, When } from './schedule.ts';
