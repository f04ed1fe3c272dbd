let context: CanvasRenderingContext2D | null | undefined;

/** How wide a text is on this page, in pixels. `weight` and `size` as the chart's style sheet has them. */
export function widthOf(text: string, size: number, weight: number): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (context === null) return text.length * size * 0.6;
  context.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return context.measureText(text).width;
}

/** A text that is not longer than `most` characters. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
