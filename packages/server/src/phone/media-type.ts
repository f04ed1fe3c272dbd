/** Pictures that phones send, by their first bytes; what a client says of a file is not believed. */
const SIGNATURES: readonly { readonly contentType: string; readonly at: number; readonly bytes: readonly number[] }[] =
  [
    { contentType: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
    { contentType: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
    { contentType: 'image/gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
    // RIFF….WEBP: the size comes between the two.
    { contentType: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  ];

/** The MIME type of a picture; `undefined` for anything else. */
export function pictureType(data: Uint8Array): string | undefined {
  return SIGNATURES.find(({ at, bytes }) => bytes.every((byte, index) => data[at + index] === byte))?.contentType;
}
