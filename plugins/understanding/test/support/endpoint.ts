import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one request is answered with. */
export type Respond = (response: ServerResponse, request: Received) => void;

/** A request, as the endpoint got it. */
export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: {
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string; readonly json_schema?: { strict: boolean; schema: object } };
    readonly [field: string]: unknown;
  };
}

/** An endpoint for models on this computer, which does what a test says. */
export class ModelEndpoint {
  readonly received: Received[] = [];
  /** What the next requests are answered with; the last goes on. */
  script: Respond[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const received = { headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) };
        this.received.push(received);
        const respond = this.script.length > 1 ? this.script.shift() : this.script[0];
        respond?.(response, received);
      });
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }
}

/** The model says this. */
export function says(content: unknown, finish_reason = 'stop'): Respond {
  const text = typeof content === 'string' || content === null ? content : JSON.stringify(content);
  return (response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ choices: [{ finish_reason, message: { role: 'assistant', content: text } }] }));
  };
}

export function answers(status: number, headers: Readonly<Record<string, string>> = {}, body = '{}'): Respond {
  return (response) => void response.writeHead(status, headers).end(body);
}

/** Nothing comes. */
export const silence: Respond = () => {};

/** The connection breaks. */
export const breaksOff: Respond = (response) => void response.socket?.destroy();
