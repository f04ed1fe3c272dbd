import type { StateOutline } from '@parley/core/host';
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { type Arrow, arrowsOf, linesOf, shorten } from './event-words.ts';
import { widthOf } from './measure.ts';

/** A box: a state with what is written in it below its name. */
export interface Box {
  readonly state: StateOutline;
  readonly title: string;
  readonly lines: readonly string[];
}

/** A machine as ELK takes it, and what its boxes and arrows stand for, by their ids. */
export interface Graph {
  readonly elk: ElkNode;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly arrows: ReadonlyMap<string, Arrow>;
}

/** In pixels. */
export const SIZES = { title: 13, line: 11.5, lineHeight: 15, head: 30, dot: 10, history: 26, margin: 16 } as const;

/** How many characters are written before the rest is cut; all of it is in the title of what is drawn. */
const MOST = { title: 40, line: 64 } as const;

/** Set on every state that has states in it: ELK does not hand them down. */
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '5',
  'elk.spacing.labelLabel': '4',
  'elk.layered.spacing.nodeNodeBetweenLayers': '32',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
};

/** A machine as boxes within boxes and arrows between them. */
export function graphOf(root: StateOutline): Graph {
  const boxes = new Map<string, Box>();
  const arrows = new Map<string, Arrow>();
  const edges: ElkExtendedEdge[] = [];

  function add(state: StateOutline): ElkNode {
    const box: Box = {
      state,
      title: shorten(state.key, MOST.title),
      lines: linesOf(state).map((line) => shorten(line, MOST.line)),
    };
    boxes.set(boxId(state.path), box);
    for (const arrow of arrowsOf(state)) arrows.set(`arrow:${arrow.source}>${arrow.target}`, arrow);
    const initial = state.states.find(({ key }) => key === state.initial);
    if (initial !== undefined) {
      edges.push({ id: `begin:${state.path}`, sources: [dotId(state.path)], targets: [boxId(initial.path)] });
    }
    const dots = initial === undefined ? [] : [{ id: dotId(state.path), width: SIZES.dot, height: SIZES.dot }];
    return elkNodeOf(box, [...dots, ...state.states.map(add)]);
  }

  const top = add(root);
  edges.push(...[...arrows].map(([id, arrow]) => elkEdgeOf(id, arrow)));
  const layoutOptions = {
    ...OPTIONS,
    'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
    'elk.json.shapeCoords': 'ROOT',
    'elk.json.edgeCoords': 'ROOT',
    'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  };
  return { elk: { id: 'machine', layoutOptions, children: [top], edges }, boxes, arrows };
}

const boxId = (path: string): string => `state:${path}`;
const dotId = (path: string): string => `initial:${path}`;

/** Whether a node of ELK's is where a state with states in it begins. */
export function isDot({ id }: ElkNode): boolean {
  return id.startsWith('initial:');
}

/** How high the upper part of a box is, with its name and what is written below. */
export function headHeight({ lines }: Box): number {
  return SIZES.head + lines.length * SIZES.lineHeight + (lines.length > 0 ? 5 : 0);
}

/** The size of a box by what is written in it; that of one with states in it is at least that. */
function elkNodeOf(box: Box, children: ElkNode[]): ElkNode {
  const { state, title, lines } = box;
  const id = boxId(state.path);
  if (state.type === 'history') return { id, width: SIZES.history, height: SIZES.history };
  const kind = state.type === 'parallel' ? widthOf(' · parallel', SIZES.line, 'regular') : 0;
  const widths = [
    widthOf(title, SIZES.title, 'bold') + kind,
    ...lines.map((line) => widthOf(line, SIZES.line, 'regular')),
  ];
  const width = Math.ceil(Math.max(60, ...widths.map((one) => one + 28)));
  const height = headHeight(box);
  if (children.length === 0) return { id, width, height };
  const layoutOptions = {
    ...OPTIONS,
    'elk.padding': `[top=${height + 14},left=20,bottom=20,right=20]`,
    'elk.nodeSize.constraints': 'MINIMUM_SIZE',
    'elk.nodeSize.minimum': `(${width},${height})`,
  };
  return { id, layoutOptions, children };
}

function elkEdgeOf(id: string, { source, target, lines }: Arrow): ElkExtendedEdge {
  const width = Math.max(...lines.map((line) => widthOf(shorten(line, MOST.line), SIZES.line, 'regular'))) + 4;
  return {
    id,
    sources: [boxId(source)],
    targets: [boxId(target)],
    labels: [{ text: lines.join('\n'), width: Math.ceil(width), height: lines.length * SIZES.lineHeight }],
  };
}
