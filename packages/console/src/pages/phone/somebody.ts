/** The numbers from 555-0100 to 555-0199 are nobody's, as the North American plan says; people first, as examples have them. */
const NOBODYS = Array.from({ length: 100 }, (_, index) => `+141555501${String((index + 23) % 100).padStart(2, '0')}`);

/** The number of somebody to text as, which no app has. */
export function somebodyBeside(apps: readonly string[]): string {
  // Whatever the channel: `whatsapp:+14155550123` is the same number.
  const taken = new Set(apps.map((address) => address.slice(address.indexOf(':') + 1)));
  return NOBODYS.find((number) => !taken.has(number)) ?? '';
}
