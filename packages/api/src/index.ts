export { openApi } from './openapi.ts';
export { ROLES, type Role, type Route } from './route.ts';
export {
  type BodyOf,
  type ParamsOf,
  type QueryOf,
  type ResponseOf,
  type RouteName,
  type Routes,
  routes,
} from './routes.ts';
export type { Problem } from './schemas/common.ts';
export type {
  Activity,
  Actor,
  Conversation,
  ConversationSummary,
  Task,
  Timer,
} from './schemas/conversation.ts';
export type { Counts, Health } from './schemas/health.ts';
export type { Funnel, Journey, JourneyDetail, Machine, StateNode } from './schemas/journey.ts';
export type { Message, MessageDetail, Origin, StatusStep, Verdict } from './schemas/message.ts';
export type { Organization } from './schemas/organization.ts';
export type { Person, PersonFacts } from './schemas/person.ts';
export type { AuditEntry, Session } from './schemas/session.ts';
