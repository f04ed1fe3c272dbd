export { type Measure, measure, type Price, plainText } from './measure.ts';
export { type SegmentsOptions, segments } from './segments.ts';
