import { setTimeout as wait } from 'node:timers/promises';

/** Where a parcel is, as the carrier's system says. */
export interface Parcel {
  readonly number: string;
  readonly stage: 'packed' | 'on its way' | 'with the driver' | 'delivered';
  readonly link: string;
}

/** What the shop's own system knows: whose parcels are on their way. */
const PARCELS: Readonly<Record<string, Parcel>> = {
  '+14155550123': { number: 'R-2041', stage: 'with the driver', link: 'https://parcels.example/r-2041' },
};

/** Asks the shop's system; as others do, it takes a moment. */
export async function parcelOf(person: string, signal: AbortSignal): Promise<Parcel | undefined> {
  await wait(20, undefined, { signal });
  return PARCELS[person];
}
