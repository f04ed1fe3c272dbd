import { describe } from 'vitest';
import { conversingContract } from './conversing.ts';
import { failingContract } from './failing.ts';
import { findingContract } from './finding.ts';
import { forgingContract, malformedContract } from './forging.ts';
import { livingContract, mediaContract } from './living.ts';
import { receivingContract } from './receiving.ts';
import { reportingContract } from './reporting.ts';
import { sendingContract } from './sending.ts';
import {
  type ProviderFault,
  type Setting,
  type TransportContractPart,
  type TransportUnderTest,
  useTransport,
} from './setting.ts';

export type {
  ProviderFault,
  ProviderReport,
  ProviderText,
  ProviderUnderTest,
  TakenMessage,
  TransportContractPart,
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
  describe(`transport contract: ${name}`, () => {
    const setting = useTransport(underTest);
    const can = (fault: ProviderFault) => !underTest.cannot?.includes(fault);
    for (const [part, [title, contract]] of Object.entries(PARTS)) {
      if (underTest.without?.[part as TransportContractPart] === undefined)
        describe(title, () => contract(setting, can));
    }
  });
}

type Contract = (setting: Setting, can: (fault: ProviderFault) => boolean) => void;

const PARTS: Readonly<Record<TransportContractPart, readonly [title: string, contract: Contract]>> = {
  sending: ['sending', sendingContract],
  failing: ['a send that goes wrong', failingContract],
  finding: ['a message in doubt', findingContract],
  receiving: ['a text that comes in', receivingContract],
  reporting: ['statuses', reportingContract],
  forging: ['a request that is forged', forgingContract],
  malformed: ['a request that is malformed', malformedContract],
  media: ['pictures that people send', mediaContract],
  living: ['opening, closing, explaining', livingContract],
  conversing: ['in an engine', conversingContract],
};
