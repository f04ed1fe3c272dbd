/** What an error says to people: without the code that Parley's errors end with, which stands beside it where it matters. */
export function withoutCode(message: string): string {
  return message.replace(/\s*\[error\.[\w.-]+\]$/, '');
}
