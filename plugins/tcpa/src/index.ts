// For those who set a deployment up.

// For those who want to look at what it rests on.
export { DATA_VERSION, RULES } from './data/index.ts';
export type { Confidence, CoveredCategory, FrequencyCap, HolidayRule, Hours, Rule } from './data/rule.ts';
export type {
  AppOutside,
  Country,
  EmergencyBan,
  Location,
  Outside,
  Override,
  ReplyOptions,
  TcpaOptions,
} from './options.ts';
export { type Plan, type PlanRequest, type Tcpa, tcpa } from './tcpa.ts';
