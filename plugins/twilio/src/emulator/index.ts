// For tests and development: a Twilio of your own.
export type { StatusReport } from './carrier.ts';
export { createTwilioEmulator, type TwilioEmulator } from './emulator.ts';
export type { Fault, Faults, FaultTarget } from './faults.ts';
export { type Outcome, outcomeOf } from './magic.ts';
export type { EmulatedMedia, EmulatedMessage } from './message.ts';
export type { EmulatedNumber, EmulatedService, EmulatorSettings, TwilioEmulatorOptions } from './settings.ts';
