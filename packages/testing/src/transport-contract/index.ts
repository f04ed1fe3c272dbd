import { describe } from 'vitest';
import { conversingContract } from './conversing.ts';
import { failingContract } from './failing.ts';
import { findingContract } from './finding.ts';
import { forgingContract, malformedContract } from './forging.ts';
import { livingContract, mediaContract } from './living.ts';
import { receivingContract } from './receiving.ts';
import { reportingContract } from './reporting.ts';
import { sendingContract } from './sending.ts';
import { type ProviderFault, type TransportUnderTest, useTransport } from './setting.ts';

export type {
  ProviderFault,
  ProviderReport,
  ProviderText,
  ProviderUnderTest,
  TakenMessage,
  TransportUnderTest,
  TransportWorld,
} from './setting.ts';

/**
 * Tests a transport against everything that `Transport` promises. Call it in a test file of vitest. The provider is a double of yours: an emulator that
 * can be told to fail, or a small server with the same interface.
 *
 * @example
 * ```ts
 * transportContract('pigeon', {
 *   statuses: { accepted: 'pending', flying: 'sent', landed: 'delivered', lost: 'failed' },
 *   media: false,
 *   start: (world) => startPigeonLoft(world),
 * });
 * ```
 */
export function transportContract(name: string, underTest: TransportUnderTest): void {
  const can = (fault: ProviderFault) => !underTest.cannot?.includes(fault);
  describe(`transport contract: ${name}`, () => {
    const setting = useTransport(underTest);
    describe('sending', () => sendingContract(setting));
    describe('a send that goes wrong', () => failingContract(setting, can));
    describe('a message in doubt', () => findingContract(setting, can));
    describe('a text that comes in', () => receivingContract(setting));
    describe('statuses', () => reportingContract(setting));
    if (underTest.unsigned === undefined) describe('a request that is forged', () => forgingContract(setting));
    describe('a request that is malformed', () => malformedContract(setting));
    describe('pictures that people send', () => mediaContract(setting));
    describe('opening, closing, explaining', () => livingContract(setting));
    describe('in an engine', () => conversingContract(setting));
  });
}
