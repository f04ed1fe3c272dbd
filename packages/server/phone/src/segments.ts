/** GSM 03.38's basic character set; each takes one septet. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table; each takes two septets, which stay in one segment. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Units that fit a text of one segment, and each of several, which lose room to a header. */
const ROOM = { gsm: { single: 160, each: 153 }, unicode: { single: 70, each: 67 } } as const;

/** How a text travels. */
export interface Segments {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly count: number;
  /** Characters (of one unit) that still fit the last segment. */
  readonly left: number;
}

/** Counts the segments of a text as carriers bill them. */
export function segmentsOf(text: string): Segments {
  const characters = [...text];
  const gsm = characters.every((character) => BASIC.has(character) || EXTENDED.has(character));
  const sizes = characters.map((character) => {
    if (gsm) return EXTENDED.has(character) ? 2 : 1;
    return character.length;
  });
  const room = gsm ? ROOM.gsm : ROOM.unicode;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const encoding = gsm ? 'GSM-7' : 'UCS-2';
  if (total <= room.single) return { encoding, count: total === 0 ? 0 : 1, left: room.single - total };

  let count = 1;
  let used = 0;
  for (const size of sizes) {
    // A character is never cut in two: what does not fit goes into the next segment as a whole.
    if (used + size > room.each) {
      count += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding, count, left: room.each - used };
}
