import type { QuestionOptions } from '../question/options.ts';
import type { Text, Wording } from '../words.ts';

export interface MediaOptions<Data> extends QuestionOptions<Data> {
  /** The fewest that are taken. Default 1. */
  readonly min?: number;
  /** The most; it is done when there are so many. Default 10, as many as a message can have. */
  readonly max?: number;
  /** Which are taken: MIME types, or all of a kind, `image/*`. What has no type is taken. Default `image/*`. */
  readonly accept?: readonly string[];
  /** The largest that is taken, in bytes, of those whose size is known. Default: any. */
  readonly maxSize?: number;
  /** What says that there are no more. Default DONE, FINISHED, READY, THAT IS ALL. */
  readonly done?: readonly string[];
  /** What is said when some have come, once no more come for a moment. Default: how many there are, and to text DONE. */
  readonly received?: (wording: Wording<Data> & { readonly count: number; readonly max: number }) => Text;
  /** How long to wait for more before that is said, in milliseconds. Default 5,000: phones send pictures one by one. */
  readonly pause?: number;
}
