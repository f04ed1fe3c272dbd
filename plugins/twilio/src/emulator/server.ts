import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, ParleyError } from '@parley/core';
import { parseForm } from '../form.ts';
import { type ApiAnswer, type ApiRequest, faultTarget } from './api.ts';
import { type ApiProblem, problem, problemBody, Refusal } from './api-problem.ts';
import type { Fault, FaultQueue } from './faults.ts';
import type { Upload } from './media-store.ts';
import type { ResolvedEmulatorOptions } from './settings.ts';

/** The HTTP side of the emulator: who asks, how often, and what goes wrong on purpose. */
export interface ApiServer {
  readonly url: string;
  close(): Promise<void>;
}

interface ServerWorld {
  readonly port: number;
  /** User name and password that are let in. */
  readonly credentials: readonly (readonly [user: string, password: string])[];
  readonly limits: ResolvedEmulatorOptions['limits'];
  readonly mediaAuth: boolean;
  readonly faults: FaultQueue;
  readonly clock: Clock;
  readonly answer: (request: ApiRequest) => ApiAnswer;
  readonly upload: (id: string) => Upload | undefined;
  readonly track: (work: Promise<void>) => Promise<void>;
}

const LARGEST_BODY = 1_000_000;
const UPLOADS = '/uploads/';

export async function startServer(world: ServerWorld): Promise<ApiServer> {
  const limiter = createLimiter(world.limits, world.clock);
  const server = createServer((request, response) => {
    void world.track(
      serve(world, limiter, request, response).catch((error: unknown) => {
        respondProblem(response, error instanceof Refusal ? error.problem : problem(20500));
      }),
    );
  });
  const { port } = await listen(server, world.port);
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Requests that hang on purpose would hold the server open for ever.
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new ParleyError('error.platform.server.port-taken', { port }) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve(server.address() as AddressInfo));
  });
}

async function serve(world: ServerWorld, limiter: Limiter, request: IncomingMessage, response: ServerResponse) {
  const { pathname: path, search } = new URL(request.url ?? '/', 'http://emulator');
  if (path.startsWith(UPLOADS)) return serveUpload(world, path, response);
  const method = request.method ?? 'GET';
  const isMedia = method === 'GET' && /\/Media\/\w+$/.test(path);
  const body = await readBody(request);
  if ((world.mediaAuth || !isMedia) && !isAuthorized(request, world.credentials))
    return respondProblem(response, problem(20003));
  const target = faultTarget({ method, path });
  const release = limiter.enter(target === 'create');
  if (release === undefined) return respondProblem(response, problem(20429), world.limits.retryAfter);
  try {
    const query = parseForm(Buffer.from(search.slice(1))).fields;
    const apiRequest = { method, path, query, form: parseForm(body).fields };
    await respond(world, apiRequest, response, world.faults.take(target));
  } finally {
    release();
  }
}

async function respond(world: ServerWorld, request: ApiRequest, response: ServerResponse, fault: Fault | undefined) {
  switch (fault?.kind) {
    case 'refuse': {
      const { status, code = status, message = 'Made to fail', retryAfter } = fault;
      return respondProblem(response, { status, code, message }, retryAfter);
    }
    case 'drop':
      if (fault.accepted) world.answer(request);
      return void response.socket?.destroy();
    case 'hang':
      if (fault.accepted) world.answer(request);
      return;
    case 'delay':
      await new Promise<void>((resolve) => void world.clock.setTimeout(resolve, fault.milliseconds));
  }
  respondAnswer(response, world.answer(request));
}

function respondAnswer(response: ServerResponse, answer: ApiAnswer): void {
  const headers = answer.location === undefined ? {} : { location: answer.location };
  if (answer.bytes !== undefined) {
    respondBytes(response, answer.bytes);
  } else if (answer.json === undefined) {
    response.writeHead(answer.status, headers).end();
  } else {
    response.writeHead(answer.status, { ...headers, 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.json));
  }
}

function respondProblem(response: ServerResponse, reason: ApiProblem, retryAfter?: number): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(reason.status, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(reason.status === 401 ? { 'www-authenticate': 'Basic realm="Twilio API"' } : {}),
  });
  response.end(problemBody(reason));
}

function serveUpload(world: ServerWorld, path: string, response: ServerResponse): void {
  const upload = world.upload(path.slice(UPLOADS.length));
  if (upload === undefined) respondProblem(response, problem(20404, path));
  else respondBytes(response, upload);
}

function respondBytes(response: ServerResponse, { contentType, data }: Upload): void {
  response.writeHead(200, {
    'content-type': contentType,
    'content-length': data.byteLength,
    // An upload is anybody's: it must not act as a page of this origin.
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
  });
  response.end(data);
}

/** The path at which an upload is served, and back. */
export const uploadPath = {
  of: (id: string): string => UPLOADS + id,
  id: (base: string, url: string): string | undefined =>
    url.startsWith(base + UPLOADS) ? url.slice(base.length + UPLOADS.length) : undefined,
};

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY) throw new Refusal({ status: 413, code: 413, message: 'Request entity too large' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isAuthorized(request: IncomingMessage, credentials: ServerWorld['credentials']): boolean {
  const header = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (header === undefined) return false;
  const given = Buffer.from(header, 'base64');
  return credentials.some(([user, password]) => {
    const wanted = Buffer.from(`${user}:${password}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}

interface Limiter {
  /** Lets a request in, and gives what to call when it is done; `undefined`: too many. */
  enter(creates: boolean): (() => void) | undefined;
}

function createLimiter(limits: ServerWorld['limits'], clock: Clock): Limiter {
  const { concurrency = Number.POSITIVE_INFINITY, perSecond = Number.POSITIVE_INFINITY } = limits;
  let active = 0;
  let created: number[] = [];
  return {
    enter(creates) {
      const now = clock.now();
      created = created.filter((at) => at > now - 1_000);
      if (active >= concurrency || (creates && created.length >= perSecond)) return undefined;
      if (creates && Number.isFinite(perSecond)) created.push(now);
      active++;
      return () => {
        active--;
      };
    },
  };
}
