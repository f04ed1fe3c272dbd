/** A code of ours in words: `error.platform.tcpa.quiet-hours` is `Quiet hours`. Those of providers are numbers, and stay as they are. */
export function codeWords(code: string): string | undefined {
  const last = /^error\.(?:[\w-]+\.)*([a-z][a-z-]*)$/.exec(code)?.[1];
  if (last === undefined) return undefined;
  const words = last.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
