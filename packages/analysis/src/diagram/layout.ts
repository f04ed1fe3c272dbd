import type { StateOutline } from '@parley/core/host';
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Arrow } from './event-words.ts';
import { type Box, graphOf, isDot } from './graph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

/** A statechart with a place for everything, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Those around come before those within. */
  readonly boxes: readonly (Box & { readonly area: Area })[];
  /** Where states with states in them begin. */
  readonly dots: readonly Area[];
  readonly arrows: readonly {
    /** Absent where a state with states in it begins. */
    readonly arrow: Arrow | undefined;
    readonly points: readonly Point[];
    readonly label: Area | undefined;
  }[];
}

/** Finds a place for everything in a machine. */
export async function layOut(root: StateOutline): Promise<Layout> {
  // Large, and of use to nobody who draws nothing.
  const { default: elk } = await import('elkjs');
  const graph = graphOf(root);
  const placed = await new elk.default().layout(graph.elk);
  const boxes: Layout['boxes'][number][] = [];
  const dots: Area[] = [];
  const visit = (node: ElkNode): void => {
    const box = graph.boxes.get(node.id);
    if (box !== undefined) boxes.push({ ...box, area: areaOf(node) });
    else if (isDot(node)) dots.push(areaOf(node));
    for (const child of node.children ?? []) visit(child);
  };
  visit(placed);
  const arrows = (placed.edges ?? []).map(({ id, sections = [], labels = [] }) => ({
    arrow: graph.arrows.get(id),
    points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]),
    label: labels[0] && areaOf(labels[0]),
  }));
  return { width: placed.width ?? 0, height: placed.height ?? 0, boxes, dots, arrows };
}

function areaOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Area>): Area {
  return { x, y, width, height };
}
