/** What an error says to people: without the code that Parley's errors end with. */
export function withoutCode(message: string): string {
  return message.replace(/\s*\[error\.platform\.[\w.-]+\]$/, '');
}
