import type Keyv from 'keyv';
import { type ActorPatch, type ActorProfile, patchActor } from './actor.ts';
import type { Address } from './address.ts';
import { Queues } from './queues.ts';

/** What the organization knows of people, shared by all its conversations. */
export interface Profiles {
  get(address: Address): Promise<ActorProfile>;
  /** Changes of one process to one person are made one after the other. Applying one twice changes nothing more. */
  patch(address: Address, patch: ActorPatch): Promise<ActorProfile>;
  /** Forgets what was learned; what the configuration says is left. */
  forget(address: Address): Promise<void>;
}

/** @param known profiles from the configuration, used until something is learned. */
export function createProfiles(keyv: Keyv, known: readonly ActorProfile[]): Profiles {
  const configured = new Map(known.map((profile) => [personOf(profile.address), profile]));
  const changes = new Queues<string>();

  async function get(address: Address): Promise<ActorProfile> {
    const person = personOf(address);
    return (await keyv.get<ActorProfile>(person)) ?? { ...configured.get(person), address };
  }

  async function change(address: Address, patch: ActorPatch): Promise<ActorProfile> {
    const profile = patchActor(await get(address), patch);
    await keyv.set(personOf(address), profile);
    return profile;
  }

  return {
    get,
    forget: (address) => changes.run(personOf(address), async () => void (await keyv.delete(personOf(address)))),
    patch: (address, patch) => changes.run(personOf(address), () => change(address, patch)),
  };
}

/**
 * One number, one person, whatever the channel: `+14155550123` of `whatsapp:+14155550123`, and of what an address begins with likewise. A
 * name is somebody else on every channel: `web:ann` stays as it is.
 */
export function personOf(address: string): string {
  return address.replace(/^[a-z]+:(?![a-z])/, '');
}
