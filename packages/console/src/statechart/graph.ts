import type { Machine } from '@parley/api';
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { outlineEvent } from '../lib/event-name.ts';
import { shorten, widthOf } from './measure.ts';

export type StateNode = Machine['root'];
type Transition = StateNode['transitions'][number];

/** An arrow: all transitions that lead from one state to another. */
export interface Arrow {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly events: readonly string[];
  readonly lines: readonly string[];
}

/** A box: a state with what is written in it below its name. */
export interface Box {
  readonly node: StateNode;
  readonly title: string;
  readonly lines: readonly string[];
}

/** A machine as ELK takes it, and what its boxes and arrows stand for, by their ids. */
export interface Graph {
  readonly elk: ElkNode;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly arrows: ReadonlyMap<string, Arrow>;
}

export const TITLE_SIZE = 13;
export const LINE_SIZE = 11.5;
export const LINE_HEIGHT = 15;
export const HEAD = 30;

const MOST_TITLE = 32;
const MOST_LINE = 34;
const MOST_LINES = 4;
const DOT = 10;
const HISTORY = 26;

/** Set on every state that has states in it: ELK does not hand them down. */
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '26',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '5',
  'elk.spacing.labelLabel': '4',
  'elk.layered.spacing.nodeNodeBetweenLayers': '30',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
};

export const boxId = (path: string): string => `state:${path}`;
export const dotId = (path: string): string => `initial:${path}`;

/** A machine as boxes within boxes and arrows between them. */
export function graphOf(root: StateNode): Graph {
  const boxes = new Map<string, Box>();
  const arrows = new Map<string, Arrow>();
  const edges: ElkExtendedEdge[] = [];

  function add(node: StateNode): ElkNode {
    const box = boxOf(node);
    boxes.set(boxId(node.path), box);
    for (const arrow of arrowsOf(node)) arrows.set(arrow.id, arrow);
    const initial = node.states.find(({ key }) => key === node.initial);
    if (initial !== undefined) {
      edges.push({ id: `begin:${node.path}`, sources: [dotId(node.path)], targets: [boxId(initial.path)] });
    }
    return elkNodeOf(box, [
      ...(initial === undefined ? [] : [{ id: dotId(node.path), width: DOT, height: DOT }]),
      ...node.states.map(add),
    ]);
  }

  const top = add(root);
  edges.push(...[...arrows.values()].map(elkEdgeOf));
  const layoutOptions = {
    ...OPTIONS,
    'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
    'elk.json.shapeCoords': 'ROOT',
    'elk.json.edgeCoords': 'ROOT',
    'elk.padding': '[top=8,left=8,bottom=8,right=8]',
  };
  return { elk: { id: 'machine', layoutOptions, children: [top], edges }, boxes, arrows };
}

function boxOf(node: StateNode): Box {
  // That what runs here hears of it, it says itself.
  const staying = node.transitions.filter(({ targets, forwards }) => targets.length === 0 && !forwards).map(labelOf);
  const lines = [...node.invokes.map((name) => `runs ${name}`), ...new Set(staying.map((label) => `on ${label}`))];
  return { node, title: shorten(node.key, MOST_TITLE), lines: cut(lines) };
}

/** The size of a box by what is written in it; that of one with states in it is at least that. */
function elkNodeOf({ node, title, lines }: Box, children: ElkNode[]): ElkNode {
  const id = boxId(node.path);
  if (node.type === 'history') return { id, width: HISTORY, height: HISTORY };
  const width = Math.max(
    56,
    widthOf(title, TITLE_SIZE, 600) + 28,
    ...lines.map((line) => widthOf(line, LINE_SIZE, 400) + 28),
  );
  const head = HEAD + lines.length * LINE_HEIGHT + (lines.length > 0 ? 4 : 0);
  if (children.length === 0) return { id, width, height: head };
  const layoutOptions = {
    ...OPTIONS,
    'elk.padding': `[top=${head + 14},left=18,bottom=18,right=18]`,
    'elk.nodeSize.constraints': 'MINIMUM_SIZE',
    'elk.nodeSize.minimum': `(${Math.ceil(width)},${head})`,
  };
  return { id, layoutOptions, children };
}

function elkEdgeOf({ id, source, target, lines }: Arrow): ElkExtendedEdge {
  const width = Math.max(...lines.map((line) => widthOf(line, LINE_SIZE, 400))) + 2;
  return {
    id,
    sources: [boxId(source)],
    targets: [boxId(target)],
    labels: [{ text: lines.join('\n'), width, height: lines.length * LINE_HEIGHT }],
  };
}

function arrowsOf({ path, transitions }: StateNode): readonly Arrow[] {
  const byTarget = new Map<string, Transition[]>();
  for (const transition of transitions) {
    for (const target of transition.targets) byTarget.set(target, [...(byTarget.get(target) ?? []), transition]);
  }
  return [...byTarget].map(([target, among]) => ({
    id: `arrow:${path}>${target}`,
    source: path,
    target,
    events: among.map(({ event }) => event),
    lines: cut([...new Set(among.map(labelOf))]),
  }));
}

/** `message.received [isDay]` where it depends, `[if]` on what has no name. */
export function labelOf({ event, guarded, guard = 'if' }: Transition): string {
  return `${shorten(outlineEvent(event), MOST_LINE)}${guarded ? ` [${shorten(guard, MOST_LINE)}]` : ''}`;
}

function cut(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `${lines.length - MOST_LINES + 1} more`];
}
