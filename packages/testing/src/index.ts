export {
  type Exploration,
  type ExploreOptions,
  explore,
  type Finding,
  type Happening,
  type Samples,
} from '@parley/analysis';
export {
  type SavedSimulation,
  type SimulatedActor,
  type SimulateOptions,
  type Simulation,
  type Span,
  simulate,
} from './simulate.ts';
export { type CarrierBehaviour, type Received, type SavedCarrier, SimulatedCarrier } from './simulated-carrier.ts';
export type { PhoneEvent, TranscriptOptions } from './transcript.ts';
export { flush, VirtualClock, type VirtualClockOptions } from './virtual-clock.ts';
