/** A person's number without the channel that they text on: `whatsapp:+14155550123` is `+14155550123`. */
export function personOf(theirs: string): string {
  return theirs.replace(/^[a-z]+:/, '');
}
