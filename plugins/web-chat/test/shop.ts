import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

interface Started {
  readonly url: string;
  readonly port: number;
}

/** A chat in a process of its own, which can be killed, and somebody's site that has embedded it. */
export class Shop {
  readonly #file: string;
  readonly #site: Server;
  #process: ChildProcess | undefined;
  #started: Started | undefined;

  private constructor(file: string, site: Server) {
    this.#file = file;
    this.#site = site;
  }

  static async open(file: string): Promise<Shop> {
    const site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      // As strict as a site can be that wants the chat.
      const policy = [
        `default-src 'none'`,
        'img-src data:',
        `script-src ${shop.url}`,
        `connect-src ${shop.url.replace('http', 'ws')}`,
      ];
      response.setHeader('content-security-policy', policy.join('; '));
      response.end(`<!doctype html><html lang="en"><title>Corner Shop</title><link rel="icon" href="data:,">
        <main><h1>Corner Shop</h1><p>We sell everything.</p></main>
        <script src="${shop.url}/plugins/web-chat/chat.js" data-app="support" data-title="Corner Shop"></script>`);
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    const shop = new Shop(file, site);
    await shop.start();
    return shop;
  }

  /** Of the chat's server. */
  get url(): string {
    return this.#started?.url ?? '';
  }

  /** Of the site, which is somewhere else. */
  get siteUrl(): string {
    return `http://127.0.0.1:${(this.#site.address() as AddressInfo).port}`;
  }

  /** Starts the server, at the same port as before. */
  async start(): Promise<void> {
    const settings = { file: this.#file, port: this.#started?.port ?? 0, origin: this.siteUrl };
    this.#process = fork(fileURLToPath(new URL('server.js', import.meta.url)), {
      env: { ...process.env, WEB_CHAT_TEST: JSON.stringify(settings) },
      execArgv: [],
    });
    this.#started = await this.#hears<Started>();
  }

  async kill(): Promise<void> {
    const running = this.#process;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    running.kill('SIGKILL');
    await once(running, 'exit');
  }

  /** Says something from the console, as a person. */
  async reply(name: string, text: string): Promise<void> {
    await this.#ask({ command: 'reply', name, text });
  }

  async resume(): Promise<void> {
    await this.#ask({ command: 'resume' });
  }

  /** What was said in the conversation in which something was said last, oldest first. */
  async messages(): Promise<readonly { readonly text: string; readonly status: string }[]> {
    return (await this.#ask<{ messages: { text: string; status: string }[] }>({ command: 'messages' })).messages;
  }

  async close(): Promise<void> {
    await this.kill();
    this.#site.close();
    this.#site.closeAllConnections();
  }

  async #ask<Answer>(question: object): Promise<Answer> {
    const answer = this.#hears<Answer>();
    this.#process?.send(question);
    return answer;
  }

  async #hears<Answer>(): Promise<Answer> {
    const running = this.#process as ChildProcess;
    const [answer] = await Promise.race([
      once(running, 'message'),
      once(running, 'exit').then(([code]) => Promise.reject(new Error(`the server has ended with ${code}`))),
    ]);
    return answer as Answer;
  }
}
