/** How the chat was asked for, by the `data-` attributes of its script. */
export interface Settings {
  /** Where the script came from, with a slash at the end. */
  readonly base: URL;
  readonly app: string;
  readonly title: string;
  readonly greeting: string;
  /** A colour, `#0c7168`. */
  readonly accent: string;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly side: 'right' | 'left';
  /** `widget`: a button that opens a panel. `page`: the whole page. */
  readonly mode: 'widget' | 'page';
}

/** Reads them; what is missing or makes no sense is as it is by default. */
export function readSettings({ src, dataset }: HTMLScriptElement): Settings | undefined {
  const { app, title, greeting, accent = '', theme, side, mode } = dataset;
  if (app === undefined || app === '') return undefined;
  return {
    base: new URL('.', src),
    app,
    title: title || 'Chat',
    greeting: greeting || 'Write to us here. You can close this page and come back: the conversation stays.',
    accent: /^#[0-9a-f]{6}$/i.test(accent) ? accent : '#0c7168',
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    side: side === 'left' ? 'left' : 'right',
    mode: mode === 'page' ? 'page' : 'widget',
  };
}

/** Black or white, whichever can be read better on a colour: by relative luminance (WCAG 2.2). */
export function inkOn(colour: string): '#000' | '#fff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#fff' : '#000';
}
