import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import { type Arrow, type Box, graphOf, type StateNode } from './graph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

/** A statechart with a place for everything. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Those around come before those within. */
  readonly boxes: readonly (Box & { readonly area: Area })[];
  /** Where states with states in them begin. */
  readonly dots: readonly Area[];
  readonly arrows: readonly (Partial<Arrow> & {
    readonly id: string;
    readonly points: readonly Point[];
    readonly label: Area | undefined;
  })[];
}

let starting: Promise<ELK> | undefined;

/** ELK in a worker of its own, so that large machines do not hold up the page; loaded when the first one is drawn. */
async function start(): Promise<ELK> {
  const [{ default: Elk }, { default: workerUrl }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ]);
  return new Elk({ workerUrl, workerFactory: (url) => new Worker(trusted(url ?? workerUrl) as string) });
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): unknown };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** The console's policy has browsers refuse scripts by any address but those that a policy of the page has let through: ours alone. */
function trusted(url: string): unknown {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return url;
  policy ??= trustedTypes.createPolicy('parley-statechart', {
    createScriptURL(address) {
      if (new URL(address, document.baseURI).origin === location.origin) return address;
      throw new TypeError('Scripts come from this server only.');
    },
  });
  return policy.createScriptURL(url);
}

/** Finds a place for everything in a machine. */
export async function layOut(root: StateNode): Promise<Layout> {
  starting ??= start();
  const elk = await starting.catch((error: unknown) => {
    starting = undefined;
    throw error;
  });
  const graph = graphOf(root);
  const placed = await elk.layout(graph.elk);
  const boxes: Layout['boxes'][number][] = [];
  const dots: Area[] = [];
  const visit = (node: ElkNode): void => {
    const box = graph.boxes.get(node.id);
    if (box !== undefined) boxes.push({ ...box, area: areaOf(node) });
    else if (node.id.startsWith('initial:')) dots.push(areaOf(node));
    for (const child of node.children ?? []) visit(child);
  };
  visit(placed);
  const arrows = (placed.edges ?? []).map(({ id, sections = [], labels = [] }) => ({
    ...graph.arrows.get(id),
    id,
    points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]),
    label: labels[0] && areaOf(labels[0]),
  }));
  return { width: placed.width ?? 0, height: placed.height ?? 0, boxes, dots, arrows };
}

function areaOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Area>): Area {
  return { x, y, width, height };
}
