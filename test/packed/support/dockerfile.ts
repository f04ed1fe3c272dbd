import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** One line of a Dockerfile, continued lines included. */
interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** What would be an image: a folder in place of its root. */
export interface Image {
  readonly root: string;
  /** Where its command runs, in the folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  /** Paths that stay, in the image. */
  readonly volumes: readonly string[];
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
}

/**
 * Does what a Dockerfile says with folders in place of images; what is in its base images is not there.
 *
 * @param context the folder that is built.
 * @param into an empty folder for the stages.
 * @param run runs a command in a folder.
 */
export async function build(
  context: string,
  into: string,
  run: (command: string, folder: string) => Promise<unknown>,
): Promise<Image> {
  const stages = new Map<string, Stage>();
  let stage = new Stage(join(into, 'nothing'));
  for (const { name, text } of instructionsOf(readFileSync(join(context, 'Dockerfile'), 'utf8'))) {
    if (name === 'FROM') {
      const [, as = 'image'] = text.split(/ AS /i);
      stage = new Stage(join(into, as));
      stages.set(as, stage);
    } else if (name === 'COPY') copy(text, { context, stage, stages });
    else if (name === 'RUN') await run(text, stage.folder);
    else stage.note(name, text);
  }
  return stage;
}

class Stage implements Image {
  folder: string;
  user = 'root';
  environment: Readonly<Record<string, string>> = {};
  volumes: readonly string[] = [];
  command: readonly string[] = [];
  healthCheck: readonly string[] = [];
  readonly root: string;

  constructor(root: string) {
    this.root = root;
    this.folder = root;
  }

  note(name: string, text: string): void {
    switch (name) {
      case 'WORKDIR':
        this.folder = join(this.root, text);
        mkdirSync(this.folder, { recursive: true });
        return;
      case 'ENV':
        this.environment = {
          ...this.environment,
          ...Object.fromEntries(text.split(' ').map((pair) => pair.split('='))),
        };
        return;
      case 'USER':
        this.user = text;
        return;
      case 'VOLUME':
        this.volumes = [...this.volumes, text];
        return;
      case 'CMD':
        this.command = JSON.parse(text);
        return;
      case 'HEALTHCHECK':
        this.healthCheck = JSON.parse(text.replace(/^.*?CMD /s, ''));
        return;
      case 'EXPOSE':
        return;
      default:
        throw new Error(`Nobody knows what ${name} does.`);
    }
  }
}

interface Copying {
  readonly context: string;
  readonly stage: Stage;
  readonly stages: ReadonlyMap<string, Stage>;
}

function copy(text: string, { context, stage, stages }: Copying): void {
  const words = text.split(' ');
  const from = words[0]?.startsWith('--from=') ? stages.get(words.shift()?.slice('--from='.length) ?? '') : undefined;
  const to = words.pop() ?? '';
  const ignored = from === undefined ? ignoredIn(context) : () => false;
  for (const word of words) {
    const source = join(from?.root ?? context, word);
    // A folder is copied for what is in it, a file by its name.
    const target = join(stage.folder, to, to.endsWith('/') ? word : '');
    cpSync(source, target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !ignored(relative(context, path)),
    });
  }
}

/** Whether a path of a context is left out, by its `.dockerignore`. */
function ignoredIn(context: string): (path: string) => boolean {
  const lines = readFileSync(join(context, '.dockerignore'), 'utf8').split('\n');
  const patterns = lines
    .filter((line) => line !== '')
    .map((line) => {
      const pattern = line
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replace(/\*\*\/|\*/g, (found) => (found === '*' ? '[^/]*' : '(?:.*/)?'));
      return new RegExp(`^${pattern}(?:/|$)`);
    });
  return (path) => patterns.some((pattern) => pattern.test(path));
}

function instructionsOf(file: string): readonly Instruction[] {
  const lines = file
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', text = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      return { name, text };
    });
}
