/** There was more to read than was wanted. */
export class TooLarge extends Error {}

/** The body of a response, which is not read any further than to so many bytes. */
export async function readUpTo(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop gives the connection up.
    if (size > limit) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
