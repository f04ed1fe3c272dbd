import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block, Section } from './page.ts';
import { Phone } from './phone.ts';
import type { Job, Terminal } from './terminal.ts';

/** What goes on until it is stopped. */
const SERVING = /^npm run dev\b|^npm start\b|\bparley (?:dev|start)\b/;

/** Somebody who does what a page says, to the letter: runs its commands, writes its files, texts what it texts. */
export class Reader {
  readonly #terminal: Terminal;
  readonly #app: string;
  #server: Job | undefined;
  /** What was begun and waits for lines to be typed. */
  #chat = '';

  /** @param app whose phone page the page means. */
  constructor(terminal: Terminal, app: string) {
    this.#terminal = terminal;
    this.#app = app;
  }

  async follow({ blocks }: Section): Promise<void> {
    for (const block of blocks) await this.#do(block);
  }

  async #do(block: Block): Promise<void> {
    const file = block.flags.find((flag) => flag.startsWith('file='))?.slice('file='.length);
    if (block.language === 'sh') for (const line of block.lines) await this.#type(line);
    else if (block.language === 'diff' && file !== undefined) await this.#save(file, change(this.#read(file), block));
    else if (file !== undefined) await this.#save(file, `${block.lines.join('\n')}\n`);
    else if (block.flags.includes('phone')) await this.#text(block);
    else if (block.flags.includes('chat')) await this.#talk(block);
    else if (block.flags.includes('ignore')) this.#compare(block);
    else throw new Error(`Nobody knows what to do with a block of ${block.language} ${block.flags.join(' ')}.`);
  }

  async #type(line: string): Promise<void> {
    const [, folder] = /^cd (\S+)$/.exec(line) ?? [];
    if (folder !== undefined) return this.#terminal.enter(folder);
    if (/\bparley chat\b/.test(line)) {
      this.#chat = line;
      return;
    }
    if (!SERVING.test(line)) return void (await this.#terminal.run(line));
    this.#server = this.#terminal.start(line);
    await this.#server.sees(/Text it .*phone/);
  }

  /** What is only shown has to be there. */
  #compare({ lines }: Block): void {
    const files = ['bot.ts', 'parley.config.ts'].map((file) => this.#read(file));
    if (!files.some((text) => text.includes(lines.join('\n')))) throw new Error(`No file has:\n${lines.join('\n')}`);
  }

  #read(file: string): string {
    return readFileSync(join(this.#terminal.folder, file), 'utf8');
  }

  /** Saves a file; a server that runs loads what it is made of anew. */
  async #save(file: string, text: string): Promise<void> {
    const before = this.#server?.output.length;
    writeFileSync(join(this.#terminal.folder, file), text);
    if (!file.endsWith('.test.ts')) await this.#server?.sees(/Reloading[\s\S]*Listening/, before);
  }

  /** A line with `>` is texted, the ones below it are what comes back. */
  async #text({ lines }: Block): Promise<void> {
    const [, url = ''] = (await this.#server?.sees(/Text it +(\S+)\/phone\//)) ?? [];
    const phone = new Phone(url, this.#app);
    for (const line of lines) await (line.startsWith('> ') ? phone.text(line.slice(2)) : phone.hears(line));
  }

  /** What comes of the lines with `>` has to be the whole block. */
  async #talk({ lines }: Block): Promise<void> {
    const typed = lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2));
    const output = await this.#terminal.run(this.#chat, { input: `${typed.join('\n')}\n` });
    if (output.trim() !== lines.join('\n')) throw new Error(`What came of it is something else:\n${output}`);
  }
}

/** Takes lines out of a text, and puts others in their place. */
function change(text: string, { lines }: Block): string {
  const marked = (sign: string) =>
    lines
      .filter((line) => line.startsWith(sign))
      .map((line) => line.slice(1))
      .join('\n');
  const [before, after] = [marked('-'), marked('+')];
  if (text.split(before).length !== 2) throw new Error(`This is not in it once:\n${before}`);
  return text.replace(before, () => after);
}
