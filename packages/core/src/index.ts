// For bot developers: bots, apps, an organization.

export type { Access, AccessRole, AccessToken, AccessUser, OpenIdAccess } from './access.ts';
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
export type { JourneyEnd, JourneyEndReason, JourneyStarted } from './journey-hooks.ts';
export type { Listener, LocalisedText, Wordings } from './localised-text.ts';
export { defineOrganization, type Organization, type OrganizationOptions, pluginsOf } from './organization.ts';
export { profile } from './profile.ts';
export type { Retention, RetentionRule } from './retention.ts';
export { setupBot } from './setup-bot.ts';
export { fromTask, type TaskArguments, type TaskOptions } from './task.ts';
export { anyText, firstContact, keyword, type Matching, matching, pattern, type Trigger } from './triggers.ts';

// For everybody: the words of the design.

export type { ActivityKind, ActivityRecord, JournalStep } from './activity.ts';
export { type ActorPatch, type ActorProfile, patchActor } from './actor.ts';
export {
  type Address,
  address,
  type ConversationKey,
  conversationKey,
  isAddress,
  isNamed,
  maskAddress,
  maskKey,
  partiesOf,
} from './address.ts';
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
export type {
  Media,
  MessageCategory,
  MessageId,
  MessageOrigin,
  MessageRecord,
  MessageStatus,
  PolicyVerdict,
  StatusEntry,
  VerdictSource,
} from './message.ts';
export { isReply } from './message.ts';
export { personOf } from './profiles.ts';
export { mergeStatus, type StatusUpdate } from './status.ts';
export type { ConflictRule } from './turn.ts';

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
export { type Clock, type Log, type LogFields, nextLoop, type Runtime, silentLog, systemClock } from './runtime.ts';

// For operators: what is wrong, or would be.

export { checkJourneys, type JourneyCheck } from './check-journeys.ts';
export { codeOf, type ErrorCode, type ErrorDetails, errorRegistry, ParleyError } from './errors.ts';
export { type AppWarning, isSilenced, lintApps } from './lint.ts';

// For plugin authors.

export { CircuitBreaker } from './circuit-breaker.ts';
export type { ConsentEntry, ConsentLedger } from './consent.ts';
export { type Deadline, Deadlines } from './deadlines.ts';
export { isLoopback } from './loopback.ts';
export { nearest } from './nearest.ts';
export { parseOptions } from './parse-options.ts';
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
  UpgradeRequest,
  Verdict,
} from './plugin.ts';
export { pluginData } from './plugin-data.ts';
export type { PluginRuntime } from './plugin-driver.ts';

// For authors of storages and transports.

export { hasContent, withoutContent } from './message.ts';
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
