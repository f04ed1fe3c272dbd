// For everybody: the plugin, and what it keeps.
export { type ConsentOptions, type ConsentPlugin, consent } from './consent.ts';
export type { Outcome, RecordedConsent } from './ledger.ts';
export type { Part } from './link.ts';
