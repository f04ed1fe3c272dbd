export { type StatusOptions, status } from './status.ts';
