import { ARCHIVE_PARTS, type ArchivePart, type ArchiveRows, type Storage } from '@parley/core';

/** All rows of an archive, each part in an order of its own, so that two archives can be compared. */
export type ArchiveContent = { readonly [Part in ArchivePart]: readonly ArchiveRows[Part][] };

/** Reads one part, page by page. */
export async function* archivePages<Part extends ArchivePart>(
  { archive }: Storage,
  part: Part,
  limit: number,
): AsyncGenerator<readonly ArchiveRows[Part][]> {
  let page = await archive.read(part, { limit });
  for (;;) {
    yield page.rows;
    if (page.next === undefined) return;
    page = await archive.read(part, { limit, after: page.next });
  }
}

/** Copies everything from one storage into an empty one, as `parley storage copy` does. */
export async function copyArchive(from: Storage, to: Storage, limit = 100): Promise<void> {
  for (const part of ARCHIVE_PARTS) {
    for await (const rows of archivePages(from, part, limit)) {
      // Through JSON, as rows go through a file.
      if (rows.length > 0) await to.archive.write(part, JSON.parse(JSON.stringify(rows)) as typeof rows);
    }
  }
}

/** What names a row within its part. */
const NAMES: { readonly [Part in ArchivePart]: (row: ArchiveRows[Part]) => readonly unknown[] } = {
  conversations: ({ key }) => [key],
  turns: ({ conversation, id }) => [conversation, id],
  messages: ({ id }) => [id],
  activity: ({ id }) => [id],
  totals: ({ app, ours, day, direction, status }) => [app, ours, day, direction, status],
  data: ({ namespace, key }) => [namespace, key],
  claims: ({ key }) => [key],
};

/** Everything that a storage's archive has, sorted by what names each row. */
export async function readArchive(storage: Storage, limit = 100): Promise<ArchiveContent> {
  const content: Partial<Record<ArchivePart, readonly unknown[]>> = {};
  for (const part of ARCHIVE_PARTS) content[part] = await sortedRows(storage, part, limit);
  return content as ArchiveContent;
}

async function sortedRows<Part extends ArchivePart>(
  storage: Storage,
  part: Part,
  limit: number,
): Promise<readonly ArchiveRows[Part][]> {
  const rows: ArchiveRows[Part][] = [];
  for await (const page of archivePages(storage, part, limit)) rows.push(...page);
  const named = rows.map((row) => ({ row, name: JSON.stringify(NAMES[part](row)) }));
  return named.sort((one, other) => (one.name < other.name ? -1 : 1)).map(({ row }) => row);
}
