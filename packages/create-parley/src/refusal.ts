/** Something that the person who asked can mend: told in a sentence, without a stack. */
export class Refusal extends Error {
  /** How the process ends: 1 when it could not be done, 2 when the command line was not understood. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'Refusal';
    this.exitCode = exitCode;
  }
}
