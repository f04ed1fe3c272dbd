const CODES = { plain: undefined, dim: 90, bold: 1, red: 31, green: 32, yellow: 33, blue: 36 } as const;

export type Colour = keyof typeof CODES;

/** Gives a text a colour, where there are any. */
export type Paint = (colour: Colour, text: string) => string;

/** @param colours whether whoever reads it sees colours. */
export function createPaint(colours: boolean): Paint {
  return (colour, text) => {
    const code = CODES[colour];
    return colours && code !== undefined && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  };
}

/** Whether a stream shows colours: a terminal does, unless its owner wants none (https://no-color.org). */
export function hasColours(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
}
