import type { ActorProfile, TaskOptions } from '@parley/core';
import type { QuestionOptions } from '../question/options.ts';
import type { Text, Words } from '../words.ts';

/** A code that is to be sent, for whoever sends it. */
export interface CodeToSend<Data> {
  readonly code: string;
  readonly actor: ActorProfile | undefined;
  readonly data: Data;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

export type OtpOptions<Data> = Omit<QuestionOptions<Data>, 'prompt' | 'media'> & {
  /** How many digits a code has. Default 6; 4 to 10. */
  readonly digits?: number;
  /** How long a code is good for, in milliseconds. Default 10 minutes. */
  readonly validFor?: number;
  /** How many wrong codes are taken, over all codes that are sent. Default 5. */
  readonly attempts?: number;
  /** How often another code is sent. Default 2. */
  readonly resends?: number;
  /** What asks for another code. Default NEW, NEW CODE, RESEND, AGAIN. */
  readonly resendWords?: readonly string[];
  /** Keeps what is in the document from being tried out against all codes. Default: none. Out of the environment. */
  readonly secret?: string;
  /** When to give it up, in milliseconds since a code was sent last. Default: three times `validFor`. */
  readonly patience?: number;
} & (TextedHere<Data> | SentElsewhere<Data>);

/** The code is a text of this conversation. */
interface TextedHere<Data> {
  /** The text with the code. Default: `123456 is your code. It is valid for 10 minutes.` */
  readonly text?: (about: {
    readonly code: string;
    readonly data: Data;
    readonly actor: ActorProfile | undefined;
  }) => Text;
  readonly send?: never;
  readonly prompt?: never;
  readonly task?: never;
}

/** The code goes another way: by e-mail, by a call, to another number. */
interface SentElsewhere<Data> {
  /** Sends it; runs as a task. If it runs again, after a crash or a failure, it is given another code, and only the last is good. */
  readonly send: (code: CodeToSend<Data>) => PromiseLike<unknown>;
  /** How sending is carried out. Default: three attempts. */
  readonly task?: TaskOptions;
  /** What asks for the code. */
  readonly prompt: Words<Data>;
  readonly text?: never;
}
