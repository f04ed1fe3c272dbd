export {
  type SavedSimulation,
  type SimulatedActor,
  type SimulateOptions,
  type Simulation,
  type Span,
  simulate,
} from './simulate.ts';
export { type CarrierBehaviour, type Received, type SavedCarrier, SimulatedCarrier } from './simulated-carrier.ts';
export { flush, VirtualClock, type VirtualClockOptions } from './virtual-clock.ts';
