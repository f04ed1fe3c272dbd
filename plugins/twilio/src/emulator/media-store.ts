/** A picture, sound or file that somebody put on a phone. */
export interface Upload {
  readonly contentType: string;
  readonly data: Uint8Array;
}

/** Uploads, in bounded memory. */
export interface MediaStore {
  add(id: string, upload: Upload): void;
  get(id: string): Upload | undefined;
}

export function createMediaStore(keepBytes: number): MediaStore {
  const uploads = new Map<string, Upload>();
  let bytes = 0;
  return {
    add(id, upload) {
      uploads.set(id, upload);
      bytes += upload.data.byteLength;
      for (const [oldest, { data }] of uploads) {
        if (bytes <= keepBytes || oldest === id) break;
        uploads.delete(oldest);
        bytes -= data.byteLength;
      }
    },
    get: (id) => uploads.get(id),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  vcf: 'text/vcard',
};

/** What a URL's ending says of its type; Twilio would fetch it and see. */
export function guessContentType(url: string): string {
  const ending = /\.([a-z0-9]+)(?:[?#]|$)/i.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
  return (Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined) ?? 'application/octet-stream';
}
