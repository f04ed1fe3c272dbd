import { intro, outro, spinner } from '@clack/prompts';

/** Tells what happens, as the person reads it: at a terminal, or in a log. */
export interface Narrator {
  begin(): void;
  /** Tells that something goes on until the promise has settled. */
  during<Value>(sentence: string, work: Promise<Value>): Promise<Value>;
  /** The last word. */
  end(text: string): void;
}

/** For somebody at a terminal who has been asked. */
export const lively: Narrator = {
  begin: () => intro('A new project of Parley'),
  async during(sentence, work) {
    const turning = spinner();
    turning.start(sentence);
    try {
      return await work;
    } finally {
      turning.stop(sentence);
    }
  },
  end: (text) => outro(text),
};

/** For scripts and logs: plain lines. */
export const plain: Narrator = {
  begin() {},
  during(sentence, work) {
    process.stdout.write(`${sentence}\n`);
    return work;
  },
  end(text) {
    process.stdout.write(`${text}\n`);
  },
};
