import { type Bot, saidBy } from '@parley/core';
import { outlineOf, type StateOutline } from '@parley/core/host';
import { mermaidOf } from './mermaid.ts';
import { svgOf } from './svg.ts';

export interface DiagramOptions {
  /** Stands above the diagram, and names it for screen readers. Default: nothing above one of Mermaid, the machine's id above an SVG. */
  readonly title?: string;
  /** What the machine as a whole is called in it. Default: its id. */
  readonly name?: string;
  /** Whether what the bot says is in it, shortened; `…` for what it makes of context and event. Default: no. */
  readonly texts?: boolean;
}

/**
 * A bot's machine as a `stateDiagram-v2` of [Mermaid](https://mermaid.js.org), which GitHub and many others draw.
 *
 * ```ts
 * await writeFile('order.mmd', toMermaid(order.machine, { texts: true }));
 * ```
 */
export function toMermaid(machine: Bot['machine'], options: DiagramOptions = {}): string {
  return mermaidOf(outlineFor(machine, options), options.title);
}

/**
 * A bot's machine as a drawing in SVG: a file of its own that is light or dark as the reader has it, with titles for screen readers.
 *
 * ```ts
 * await writeFile('order.svg', await toSvg(order.machine, { title: 'Order' }));
 * ```
 */
export function toSvg(machine: Bot['machine'], options: DiagramOptions = {}): Promise<string> {
  return svgOf(outlineFor(machine, options), options.title);
}

function outlineFor(machine: Bot['machine'], { name, texts = false }: DiagramOptions): StateOutline {
  const outline = outlineOf(machine, texts ? { textOf } : {});
  return name === undefined ? outline : { ...outline, key: name };
}

function textOf(action: unknown): string | undefined {
  const said = saidBy(action);
  if (said === undefined) return undefined;
  return said.text ?? '…';
}
