import type { Machine } from '@parley/api';
import Elk from 'elkjs';
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type Graph, graphOf } from './graph.ts';

type StateNode = Machine['root'];
type Transition = StateNode['transitions'][number];

const to = (event: string, ...targets: string[]): Transition => ({ event, targets, guarded: false, actions: 0 });
const state = (path: string, rest: Partial<StateNode> = {}): StateNode => ({
  ...{ path, key: path.split('.').at(-1) ?? '', type: 'atomic', invokes: [], actions: 0, transitions: [], states: [] },
  ...rest,
});

const root = state('', {
  ...{
    key: 'survey',
    type: 'compound',
    initial: 'asking',
    transitions: [to('stop', 'over'), to('again', 'both.past')],
  },
  states: [
    state('asking', {
      invokes: ['lookUp'],
      transitions: [to('yes', 'both'), to('yes', 'both'), to('hm'), { ...to('no', 'over'), guarded: true }],
    }),
    state('both', {
      type: 'parallel',
      transitions: [to('done', 'over'), to('self', 'both')],
      states: [
        state('both.left', {
          ...{ type: 'compound', initial: 'one' },
          states: [
            state('both.left.one', { transitions: [to('next', 'both.left.two', 'both.right')] }),
            state('both.left.two'),
          ],
        }),
        state('both.right'),
        state('both.past', { type: 'history' }),
      ],
    }),
    state('over', { type: 'final' }),
  ],
});

let graph: Graph;
let placed: ElkNode;

beforeAll(async () => {
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) });
  graph = graphOf(root);
  placed = await new Elk().layout(graph.elk);
});

describe('a statechart', () => {
  it('has a box for every state, within the box of the state that it is in', () => {
    const seen: string[] = [];
    const visit = (node: ElkNode, around: ElkNode): void => {
      const { x = 0, y = 0, width = 0, height = 0 } = node;
      if (graph.boxes.has(node.id)) seen.push(graph.boxes.get(node.id)!.node.path);
      expect(x).toBeGreaterThanOrEqual(around.x ?? 0);
      expect(y).toBeGreaterThanOrEqual(around.y ?? 0);
      expect(x + width).toBeLessThanOrEqual((around.x ?? 0) + (around.width ?? 0));
      expect(y + height).toBeLessThanOrEqual((around.y ?? 0) + (around.height ?? 0));
      for (const child of node.children ?? []) visit(child, node);
    };
    for (const child of placed.children ?? []) visit(child, placed);
    expect(seen.sort()).toEqual(
      ['', 'asking', 'both', 'both.left', 'both.left.one', 'both.left.two', 'both.past', 'both.right', 'over'].sort(),
    );
  });

  it('has one arrow for all transitions between two states, and one for each target', () => {
    const arrows = [...graph.arrows.values()].map(({ source, target, lines }) => [source, target, lines.join()]);
    expect(arrows).toEqual([
      ['', 'over', 'stop'],
      ['', 'both.past', 'again'],
      ['asking', 'both', 'yes'],
      ['asking', 'over', 'no [if]'],
      ['both', 'over', 'done'],
      ['both', 'both', 'self'],
      ['both.left.one', 'both.left.two', 'next'],
      ['both.left.one', 'both.right', 'next'],
    ]);
  });

  it('has a line and a place for every label', () => {
    for (const { id, sections, labels } of placed.edges ?? []) {
      expect(sections?.length, id).toBeGreaterThan(0);
      if (graph.arrows.has(id)) expect(labels?.[0]?.x, id).toBeGreaterThan(0);
    }
  });

  it('writes into a box what runs in it and what it stays at', () => {
    expect(graph.boxes.get('state:asking')?.lines).toEqual(['runs lookUp', 'on hm']);
  });
});
