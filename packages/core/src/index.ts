// For bot developers: an organization, its apps, its bots.

// For everybody: the words of the design.
export type { Access, AccessRole, AccessToken, AccessUser, OpenIdAccess } from './access.ts';
export type { ActivityKind, ActivityRecord, JournalStep } from './activity.ts';
export { type ActorPatch, type ActorProfile, patchActor } from './actor.ts';
export {
  type Address,
  address,
  type ConversationKey,
  conversationKey,
  isAddress,
  maskAddress,
  maskKey,
  partiesOf,
} from './address.ts';
export { type App, type AppDefinition, type AppOptions, type Debounce, defineApp, type LoopGuard } from './app.ts';
export { type Bot, type BotOptions, defineBot, type Migrate } from './bot.ts';
export {
  type Expression,
  extendJourney,
  handoff,
  remember,
  type Said,
  type SayOptions,
  saidBy,
  say,
  startBot,
  track,
} from './bot-actions.ts';
export type {
  BotEvent,
  BotInput,
  BotRequest,
  ConversationResumed,
  HandOff,
  MessageDelivered,
  MessageFailed,
  MessageReceived,
  Remember,
  Say,
  StartBot,
  Track,
} from './bot-events.ts';
export { checkJourneys, type JourneyCheck } from './check-journeys.ts';
export type { ConsentEntry, ConsentLedger } from './consent.ts';
export { type Deadline, Deadlines } from './deadlines.ts';
// For plugin authors: storages.
export {
  type Burst,
  type ConversationDocument,
  dueAtOf,
  type Halted,
  type Handoff,
  type Happening,
  type HeardText,
  isParked,
  type Journey,
  type Lease,
  type OutboxMessage,
  type ParkedEvent,
  type TaskOutcome,
  type TaskState,
} from './document.ts';
// For servers and tests: the engine, and the world it runs in.
export { createEngine, type EngineOptions } from './engine.ts';
export type {
  Engine,
  News,
  Notify,
  ParkedConversation,
  Reply,
  Silence,
  StartJourney,
  StartOptions,
} from './engine-contract.ts';
export { codeOf, type ErrorCode, type ErrorDetails, errorRegistry, ParleyError } from './errors.ts';
export type { JourneyEnd, JourneyEndReason, JourneyStarted } from './journey-hooks.ts';
// For operators: what plugins warn of.
export { type AppWarning, lintApps } from './lint.ts';
export type {
  Media,
  MessageCategory,
  MessageId,
  MessageOrigin,
  MessageRecord,
  MessageStatus,
  PolicyVerdict,
  StatusEntry,
} from './message.ts';
export { isReply } from './message.ts';
// For plugin authors: options.
export { nearest } from './nearest.ts';
export { defineOrganization, type Organization, type OrganizationOptions } from './organization.ts';
export { parseOptions } from './parse-options.ts';
// For plugin authors: policies.
export type {
  ActorFacts,
  Claim,
  CommandContext,
  HookKind,
  HookOf,
  Hooks,
  InboundView,
  LintWarning,
  OutboundView,
  PlannedView,
  Plugin,
  PluginCommand,
  PluginContext,
  Verdict,
  VerdictSource,
} from './plugin.ts';
// For hosts: what a plugin keeps.
export { pluginData } from './plugin-data.ts';
export type { PluginRuntime } from './plugin-driver.ts';
export { profile } from './profile.ts';
export { personOf } from './profiles.ts';
export type { Retention, RetentionRule } from './retention.ts';
export { type Clock, type Log, type LogFields, nextLoop, type Runtime, silentLog, systemClock } from './runtime.ts';
export { setupBot } from './setup-bot.ts';
export { mergeStatus, type StatusUpdate } from './status.ts';
export {
  type ActivityPage,
  type ActivityQuery,
  type ActivityStore,
  ARCHIVE_PARTS,
  type Archive,
  type ArchivePage,
  type ArchivePart,
  type ArchiveRows,
  type Backlog,
  type ConversationQuery,
  type ConversationStore,
  type Erased,
  type FailureCount,
  type Failures,
  type FailuresQuery,
  type MessagePage,
  type MessageQuery,
  type MessageStore,
  type MessageTotal,
  type Pruned,
  type PruneRequest,
  type Storage,
  type StorageContext,
  type TotalsQuery,
  type Turn,
  type TurnCommit,
  type TurnOptions,
  type TurnOutcome,
} from './storage.ts';
export { fromTask, type TaskArguments, type TaskOptions } from './task.ts';
// For plugin authors: transports.
export {
  type Emulator,
  type Explanation,
  type FetchedMedia,
  type FetchMediaOptions,
  type Found,
  type HandsetMessage,
  type IncomingMessage,
  type OutgoingMessage,
  type ParsedWebhook,
  type ProviderStatus,
  type Refusal,
  SendError,
  type SendFailure,
  type SendOptions,
  type SendReceipt,
  type StatusReport,
  type Transport,
  type TransportContext,
  type TransportWebhooks,
  type WebhookReply,
  type WebhookRequest,
} from './transport.ts';
export { anyText, firstContact, keyword, pattern, type Trigger } from './triggers.ts';
export type { ConflictRule } from './turn.ts';
