import type { Message } from '@parley/api';

const COLUMNS = [
  'id',
  'time',
  'app',
  'direction',
  'ours',
  'theirs',
  'status',
  'provider status',
  'code',
  'reason',
  'category',
  'from',
  'text',
  'media',
  'provider id',
] as const;

export const CSV_HEADER = line(COLUMNS);

/** A message as a line of RFC 4180. */
export function csvLine(message: Message): string {
  const { id, at, app, direction, ours, theirs, status, providerStatus, error, category, text, media, providerId } =
    message;
  return line([
    ...[id, new Date(at).toISOString(), app, direction, ours, theirs, status, providerStatus ?? ''],
    ...[error?.code ?? '', error?.reason ?? '', category, originOf(message), text],
    ...[media.map(({ url }) => url).join(' '), providerId ?? ''],
  ]);
}

function originOf({ origin }: Message): string {
  switch (origin.kind) {
    case 'bot':
      return `bot ${origin.bot}`;
    case 'notification':
    case 'plugin':
    case 'person':
      return `${origin.kind} ${origin.name}`;
    default:
      return origin.kind;
  }
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A spreadsheet takes a cell that begins with one of these for a formula; a number such as +14155550100 is harmless. */
function cell(value: string): string {
  const safe = /^[=@\t\r-]|^\+(?!\d+$)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
