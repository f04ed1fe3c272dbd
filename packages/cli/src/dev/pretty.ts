const LEVELS: Readonly<Record<string, { readonly label: string; readonly color: number }>> = {
  debug: { label: '·', color: 90 },
  info: { label: ' ', color: 36 },
  warn: { label: 'warning', color: 33 },
  error: { label: 'error', color: 31 },
};

export interface PrettyOptions {
  readonly colors: boolean;
  /** The project: paths in it are written from there on. */
  readonly folder: string;
}

/** Turns the log's JSON lines into lines for people: the time, the sentence, then the fields. */
export function prettyLines(write: (line: string) => void, { colors, folder }: PrettyOptions) {
  const paint = (color: number, text: string) => (colors ? `\u001b[${color}m${text}\u001b[0m` : text);
  return {
    write(line: string): void {
      const { time, level, msg, ...fields }: Record<string, unknown> = JSON.parse(line.replaceAll(`"${folder}/`, '"'));
      const { label, color } = LEVELS[String(level)] ?? { label: String(level), color: 0 };
      const parts = [
        paint(90, new Date(String(time)).toTimeString().slice(0, 8)),
        label.trim() === '' ? '' : paint(color, label),
        String(msg),
        paint(90, Object.entries(fields).map(describe).join(' ')),
      ];
      write(`${parts.filter((part) => part !== '' && part !== paint(90, '')).join(' ')}\n`);
    },
  };
}

function describe([name, value]: [string, unknown]): string {
  if (typeof value === 'string') return `${name}=${/^[\w…+@:/.-]+$/.test(value) ? value : JSON.stringify(value)}`;
  return `${name}=${JSON.stringify(value)}`;
}
