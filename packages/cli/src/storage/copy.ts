import { createHash } from 'node:crypto';
import { ARCHIVE_PARTS, type ArchivePart, type ArchiveRows, ParleyError, type Storage } from '@parley/core';

/** How much there is of one part, and what tells it from another: see {@link copyStorage}. */
export interface PartSum {
  readonly rows: number;
  /** Of all rows, whatever their order: 128 bits, hexadecimal. */
  readonly checksum: string;
}

export type StorageSums = Readonly<Record<ArchivePart, PartSum>>;

export interface CopyOptions {
  /** Names the target in errors. */
  readonly target: string;
  /** Told as rows are written. */
  readonly onProgress?: (part: ArchivePart, rows: number) => void;
}

/** How many rows are read and written at a time. */
const PAGE = 500;

/**
 * Copies everything of one open storage to another that is empty, then reads the copy and compares it with what was read. Nobody else
 * may use either meanwhile.
 *
 * @throws `error.platform.storage.not-empty`, `error.platform.storage.copy-differs`
 */
export async function copyStorage(
  from: Storage,
  to: Storage,
  { target, onProgress = () => {} }: CopyOptions,
): Promise<StorageSums> {
  await requireEmpty(to, target);
  const read = await sumUp(from, async (part, rows) => {
    await to.archive.write(part, rows);
    onProgress(part, rows.length);
  });
  const written = await sumUp(to);
  const different = ARCHIVE_PARTS.filter((part) => read[part].checksum !== written[part].checksum);
  if (different.length > 0) {
    throw new ParleyError('error.platform.storage.copy-differs', { parts: different.join(', ') });
  }
  return read;
}

async function requireEmpty(storage: Storage, target: string): Promise<void> {
  for (const part of ARCHIVE_PARTS) {
    const { rows } = await storage.archive.read(part, { limit: 1 });
    if (rows.length > 0) throw new ParleyError('error.platform.storage.not-empty', { storage: target });
  }
}

async function sumUp(
  storage: Storage,
  take: <Part extends ArchivePart>(part: Part, rows: readonly ArchiveRows[Part][]) => Promise<void> = async () => {},
): Promise<StorageSums> {
  const sums: Partial<Record<ArchivePart, PartSum>> = {};
  for (const part of ARCHIVE_PARTS) {
    const sum = new Sum();
    for await (const rows of pagesOf(storage, part)) {
      for (const row of rows) sum.add(row);
      await take(part, rows);
    }
    sums[part] = sum.result;
  }
  return sums as StorageSums;
}

async function* pagesOf<Part extends ArchivePart>(
  { archive }: Storage,
  part: Part,
): AsyncGenerator<readonly ArchiveRows[Part][], void, undefined> {
  let after: string | undefined;
  do {
    const { rows, next } = await archive.read(part, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    if (rows.length > 0) yield rows;
    after = next;
  } while (after !== undefined);
}

/** Adds up the digests of rows, so that their order does not matter: storages keep them in orders of their own. */
class Sum {
  #rows = 0;
  #total = 0n;

  add(row: unknown): void {
    const digest = createHash('sha256').update(canonical(row)).digest('hex').slice(0, 32);
    this.#rows += 1;
    this.#total = BigInt.asUintN(128, this.#total + BigInt(`0x${digest}`));
  }

  get result(): PartSum {
    return { rows: this.#rows, checksum: this.#total.toString(16).padStart(32, '0') };
  }
}

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
