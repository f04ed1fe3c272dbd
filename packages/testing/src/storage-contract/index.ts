import { describe } from 'vitest';
import { activityContract } from './activity.ts';
import { archiveContract } from './archive.ts';
import { claimsContract } from './claims.ts';
import { closingContract } from './closing.ts';
import { dueContract } from './due.ts';
import { eraseContract } from './erase.ts';
import { failuresContract } from './failures.ts';
import { handedOverContract } from './handed-over.ts';
import { messagesContract } from './messages.ts';
import { onceContract } from './once.ts';
import { parkedContract } from './parked.ts';
import { peopleContract } from './people.ts';
import { pluginDataContract } from './plugin-data.ts';
import { pruneContract } from './prune.ts';
import { type StorageUnderTest, useStorage } from './setting.ts';
import { statusesContract } from './statuses.ts';
import { totalsContract } from './totals.ts';
import { turnsContract } from './turns.ts';
import { valuesContract } from './values.ts';

export { copyArchive, readArchive } from './archive-copy.ts';
export { fillStorage } from './filled.ts';
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
    describe('parked conversations', () => parkedContract(setting));
    describe('conversations that people have', () => handedOverContract(setting));
    describe('conversations by person', () => peopleContract(setting));
    describe('values', () => valuesContract(setting));
    describe('messages', () => messagesContract(setting));
    describe('statuses', () => statusesContract(setting));
    describe('totals', () => totalsContract(setting));
    describe('failures', () => failuresContract(setting));
    describe('activity', () => activityContract(setting));
    describe('plugin data', () => pluginDataContract(setting));
    describe('claims', () => claimsContract(setting));
    describe('erasing a person', () => eraseContract(setting));
    describe('pruning', () => pruneContract(setting));
    describe('archive', () => archiveContract(setting));
    describe('closing', () => closingContract(setting));
  });
}
