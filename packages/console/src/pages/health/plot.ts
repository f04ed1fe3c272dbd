import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatCompact } from '../../lib/format.ts';
import { DRAWN } from './bars.ts';
import type { Status } from './counts.ts';

/** How wide a label below the chart may be, in pixels. */
const LABEL = 72;

const HEIGHT = 240;

/** Up to how many bars the line has a dot at each. */
const MOST_POINTS = 31;

export interface PlotOptions {
  /** Resolved colours: a canvas knows no custom properties. */
  readonly colorOf: (name: Status | 'ink' | 'line' | 'paper') => string;
  readonly labels: () => readonly string[];
  /** The bar that is pointed at. */
  readonly onPoint: (index: number | undefined) => void;
}

/** A chart of stacked bars with a line over them, without a legend: that is ours. */
export function createPlot(target: HTMLElement, data: uPlot.AlignedData, options: PlotOptions): uPlot {
  const { colorOf, labels, onPoint } = options;
  const bars = uPlot.paths.bars?.({ size: [0.72, 48], radius: 0 });
  const font = `12px ${getComputedStyle(target).fontFamily}`;
  const axis = { stroke: colorOf('ink'), font, ticks: { show: false } };
  return new uPlot(
    {
      ...{ width: Math.max(200, target.clientWidth), height: HEIGHT, padding: [12, 24, 0, 0] },
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: (plot) => [-0.6, Math.max(0, plot.data[0].length - 1) + 0.6] },
        y: { range: (_plot, _least, most) => [0, Math.max(4, (most ?? 0) * 1.08)] },
      },
      axes: [
        {
          ...axis,
          size: 30,
          grid: { show: false },
          splits: (plot) => everyNth(plot.data[0].length, Math.max(1, Math.floor(plot.width / LABEL))),
          values: (_plot, splits) => splits.map((index) => labels()[index] ?? ''),
        },
        {
          ...axis,
          size: 46,
          grid: { stroke: colorOf('line'), width: 1 },
          incrs: [1, 2, 5]
            .flatMap((step) => [0, 1, 2, 3, 4, 5, 6, 7].map((power) => step * 10 ** power))
            .sort((a, b) => a - b),
          values: (_plot, splits) => splits.map(formatCompact),
        },
      ],
      series: [
        {},
        ...DRAWN.map(
          (status): uPlot.Series =>
            status === 'received'
              ? {
                  stroke: colorOf(status),
                  width: 2,
                  points: { show: data[0].length <= MOST_POINTS, size: 6, fill: colorOf('paper') },
                }
              : {
                  ...{ stroke: colorOf('paper'), width: 1, fill: colorOf(status), points: { show: false } },
                  ...(bars === undefined ? {} : { paths: bars }),
                },
        ),
      ],
      hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
    },
    data,
    target,
  );
}

function everyNth(count: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / most));
  const indices: number[] = [];
  // From the newest on, so that today always has its name.
  for (let index = count - 1; index >= 0; index -= step) indices.unshift(index);
  return indices;
}
