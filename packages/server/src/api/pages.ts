/** Reads a list to its end, a page at a time. */
export async function* pagesOf<Page extends { readonly next?: string }>(
  read: (from: { readonly cursor?: string }) => Promise<Page>,
): AsyncGenerator<Page> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor === undefined ? {} : { cursor });
    yield page;
    cursor = page.next;
  } while (cursor !== undefined);
}
