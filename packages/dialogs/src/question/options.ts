import type { Media } from '@parley/core';
import type { ProblemWords } from '../sorry.ts';
import type { Words } from '../words.ts';
import type { Commands } from './commands.ts';
import type { SilenceOptions } from './silence.ts';

/** What every dialog that asks something can be told. */
export interface QuestionOptions<Data> extends SilenceOptions<Data> {
  /** Names the machine. Default: the kind of the dialog. */
  readonly id?: string;
  /** For the types of `data`, which words are made of: `{ data: {} as { name: string } }`. */
  readonly types?: { readonly data?: Data };
  /** What is asked. */
  readonly prompt: Words<Data>;
  /** Pictures that go with the prompt when it is said first. Default: none. */
  readonly media?: readonly Media[];
  /** How often it is asked before it is given up. Default: as many times as there are prompts if they are a list, or 3. */
  readonly attempts?: number;
  /** What to say of an answer that was not taken, by the code of its problem. Default: plain English. */
  readonly problems?: ProblemWords<Data>;
  /** What can be texted instead of an answer. Default: nothing. */
  readonly commands?: Commands<Data>;
}
