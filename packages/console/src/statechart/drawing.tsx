import { memo } from 'react';
import { formatState } from '../lib/format.ts';
import { HEAD, LINE_HEIGHT } from './graph.ts';
import type { Area, Layout, Point } from './layout.ts';
import { shorten } from './measure.ts';

/** What of a drawing is lit. */
export interface Lighting {
  readonly active: ReadonlySet<string>;
  readonly leaves: ReadonlySet<string>;
  readonly visited: ReadonlySet<string>;
  /** The arrows that led here, by their ids. */
  readonly taken: ReadonlySet<string>;
  /** The machines that run in it, by their ids, with their state values. */
  readonly within: Readonly<Record<string, unknown>>;
  /** What is written at the corner of states, by their paths. */
  readonly notes?: ReadonlyMap<string, string>;
}

/** The boxes and arrows of a statechart. */
export const Drawing = memo(function Drawing({
  layout,
  lighting,
}: {
  readonly layout: Layout;
  readonly lighting: Lighting;
}) {
  return (
    <>
      <defs>
        {['plain', 'taken'].map((kind) => (
          <marker
            key={kind}
            id={`arrowhead-${kind}`}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path className="arrowhead" data-kind={kind} d="M0 1 L10 5 L0 9 z" />
          </marker>
        ))}
      </defs>
      {layout.boxes.map((box) => (
        <BoxDrawing key={box.node.path} box={box} mark={markOf(box.node.path, lighting)} within={lighting.within} />
      ))}
      {layout.dots.map(({ x, y, width }) => (
        <circle key={`${x} ${y}`} className="dot" cx={x + width / 2} cy={y + width / 2} r={width / 2} />
      ))}
      {layout.arrows.map(({ id, points }) => (
        <path
          key={id}
          className="arrow"
          data-taken={lighting.taken.has(id) || undefined}
          d={pathOf(points)}
          markerEnd={`url(#arrowhead-${lighting.taken.has(id) ? 'taken' : 'plain'})`}
        />
      ))}
      {layout.boxes.map(({ node, area }) => {
        const note = lighting.notes?.get(node.path);
        return note && <Note key={node.path} note={note} area={area} />;
      })}
      {layout.arrows.map(
        ({ id, label, lines }) =>
          label && (
            <Lines key={id} className="arrow-label" lines={lines ?? []} area={label} taken={lighting.taken.has(id)} />
          ),
      )}
    </>
  );
});

/** A few characters on the upper right corner of a box. */
function Note({ note, area: { x, y, width } }: { readonly note: string; readonly area: Area }) {
  const size = 14 + note.length * 7;
  return (
    <g>
      <rect className="statechart-note-back" x={x + width - size / 2} y={y - 9} width={size} height={18} rx={9} />
      <text className="statechart-note-text" x={x + width} y={y + 4} textAnchor="middle">
        {note}
      </text>
    </g>
  );
}

type Mark = 'current' | 'around' | 'visited' | undefined;

function markOf(path: string, { active, leaves, visited }: Lighting): Mark {
  if (leaves.has(path)) return 'current';
  if (active.has(path)) return 'around';
  return visited.has(path) ? 'visited' : undefined;
}

function BoxDrawing({
  box,
  mark,
  within: machines,
}: {
  readonly box: Layout['boxes'][number];
  readonly mark: Mark;
  readonly within: Lighting['within'];
}) {
  const { node, title, lines, area } = box;
  const { x, y, width, height } = area;
  if (node.type === 'history') {
    return (
      <g className="box" data-type="history" data-mark={mark}>
        <circle cx={x + width / 2} cy={y + height / 2} r={width / 2} />
        <text className="box-title" x={x + width / 2} y={y + height / 2 + 4} textAnchor="middle">
          H
        </text>
      </g>
    );
  }
  const within = node.states.length > 0;
  return (
    <g className="box" data-type={node.type} data-mark={mark} data-within={within || undefined}>
      <rect x={x} y={y} width={width} height={height} rx={within ? 10 : 8} />
      {node.type === 'final' && (
        <rect className="box-inner" x={x + 3} y={y + 3} width={width - 6} height={height - 6} rx="5" />
      )}
      <text
        className="box-title"
        x={within ? x + 14 : x + width / 2}
        y={y + 20}
        textAnchor={within ? 'start' : 'middle'}
      >
        {node.path === '' ? title : node.key}
        {node.type === 'parallel' && <tspan className="box-kind"> · parallel</tspan>}
      </text>
      {lines.map((line, index) => (
        <text
          key={line}
          className="box-line"
          x={within ? x + 14 : x + width / 2}
          y={y + HEAD + 6 + index * LINE_HEIGHT}
          textAnchor={within ? 'start' : 'middle'}
        >
          {isActive(mark) ? withState(line, node.invokes, machines) : line}
        </text>
      ))}
    </g>
  );
}

function isActive(mark: Mark): boolean {
  return mark === 'current' || mark === 'around';
}

/** `runs ask` as `ask: asked` while it runs, if it is a machine. */
function withState(line: string, invokes: readonly string[], machines: Lighting['within']): string {
  const name = invokes.find((one) => line === `runs ${one}`);
  const state = name === undefined ? undefined : machines[name];
  return state === undefined ? line : shorten(`${name}: ${formatState(state)}`, 28);
}

function Lines({
  className,
  lines,
  area,
  taken,
}: {
  readonly className: string;
  readonly lines: readonly string[];
  readonly area: Area;
  readonly taken: boolean;
}) {
  return (
    <text className={className} data-taken={taken || undefined} textAnchor="middle">
      {lines.map((line, index) => (
        <tspan key={line} x={area.x + area.width / 2} y={area.y + 11.5 + index * LINE_HEIGHT}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

const CORNER = 7;

/** A line through all points, with its corners rounded. */
function pathOf([first, ...rest]: readonly Point[]): string {
  if (first === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  let from = first;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (next === undefined) return `${path} L${point.x} ${point.y}`;
    const before = towards(point, from);
    const after = towards(point, next);
    path += ` L${before.x} ${before.y} Q${point.x} ${point.y} ${after.x} ${after.y}`;
    from = point;
  }
  return path;
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return from;
  const part = Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
