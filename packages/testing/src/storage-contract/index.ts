import { describe } from 'vitest';
import { activityContract } from './activity.ts';
import { claimsContract } from './claims.ts';
import { closingContract } from './closing.ts';
import { dueContract } from './due.ts';
import { messagesContract } from './messages.ts';
import { onceContract } from './once.ts';
import { pluginDataContract } from './plugin-data.ts';
import { type StorageUnderTest, useStorage } from './setting.ts';
import { statusesContract } from './statuses.ts';
import { turnsContract } from './turns.ts';
import { valuesContract } from './values.ts';

export type { StorageUnderTest } from './setting.ts';

/**
 * Tests a storage against everything that `Storage` promises. Call it in a test file of vitest.
 *
 * @example
 * ```ts
 * storageContract('sqlite', () => {
 *   const folder = mkdtempSync(join(tmpdir(), 'parley-'));
 *   return {
 *     create: () => sqlite({ file: join(folder, 'parley.db') }),
 *     dispose: () => rmSync(folder, { recursive: true }),
 *   };
 * });
 * ```
 * @param makeStorage called before each test; every storage that one answer creates is over the same data.
 */
export function storageContract(name: string, makeStorage: () => StorageUnderTest | Promise<StorageUnderTest>): void {
  describe(`storage contract: ${name}`, () => {
    const setting = useStorage(makeStorage);
    describe('turns', () => turnsContract(setting));
    describe('once', () => onceContract(setting));
    describe('due', () => dueContract(setting));
    describe('values', () => valuesContract(setting));
    describe('messages', () => messagesContract(setting));
    describe('statuses', () => statusesContract(setting));
    describe('activity', () => activityContract(setting));
    describe('plugin data', () => pluginDataContract(setting));
    describe('claims', () => claimsContract(setting));
    describe('closing', () => closingContract(setting));
  });
}
