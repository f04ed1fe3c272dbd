import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { until } from './phone.ts';

/** How a command ended, and all that it has printed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Somebody's shell: it is in a folder, has an environment, and no terminal to ask questions at. */
export class Terminal {
  #folder: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #running = new Set<Job>();

  constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#environment = environment;
  }

  get folder(): string {
    return this.#folder;
  }

  enter(folder: string): void {
    this.#folder = resolve(this.#folder, folder);
  }

  /** Begins a command, and returns while it runs. */
  start(command: string, environment: Readonly<Record<string, string>> = {}): Job {
    const job = new Job(command, this.#folder, { ...this.#environment, ...environment });
    this.#running.add(job);
    void job.ended.then(() => this.#running.delete(job));
    return job;
  }

  /** Runs a command to its end, which has to be a good one unless another exit code is named. */
  async run(
    command: string,
    { code = 0, input }: { readonly code?: number; readonly input?: string } = {},
  ): Promise<string> {
    const job = this.start(command);
    job.type(input ?? '');
    const ended = await job.ended;
    if (ended.code !== code) throw new Error(`${command} ended with ${ended.code}:\n${ended.output}`);
    return ended.output;
  }

  /** Ends what is still running. */
  async close(): Promise<void> {
    const jobs = [...this.#running];
    for (const job of jobs) job.signal('SIGKILL');
    await Promise.all(jobs.map(({ ended }) => ended));
  }
}

/** A command that was begun. */
export class Job {
  output = '';
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #isOver = false;

  constructor(command: string, folder: string, environment: Readonly<Record<string, string>>) {
    // A group of its own, so that a signal reaches all of it, as Ctrl+C does.
    this.#child = spawn('sh', ['-c', command], { cwd: folder, env: environment, detached: true });
    const keep = (data: Buffer): void => {
      this.output += data;
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    // It may end without having read what was typed.
    this.#child.stdin?.on('error', () => {});
    this.ended = new Promise((settle) => {
      this.#child.once('close', (code) => {
        this.#isOver = true;
        settle({ code, output: this.output });
      });
    });
  }

  /** Types all that will ever be typed. */
  type(input: string): void {
    this.#child.stdin?.end(input);
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.#isOver && this.#child.pid !== undefined) process.kill(-this.#child.pid, signal);
  }

  /** Resolves to the first match in what was printed after `from` characters. */
  sees(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    return until(() => {
      const found = pattern.exec(this.output.slice(from));
      if (found === null && this.#isOver) throw new Error(`It ended before it printed ${pattern}:\n${this.output}`);
      return found ?? undefined;
    }, `${pattern} to be printed`);
  }
}
