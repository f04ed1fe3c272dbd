import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A network between the servers and PostgreSQL that a test can cut: what is sent is lost, and nobody is told. */
export class Network {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut: 'all' | 'answers' | undefined;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async start(target: number, host = '127.0.0.1'): Promise<Network> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const network = new Network(server, (server.address() as { readonly port: number }).port);
    server.on('connection', (socket) => network.#forward(socket, target, host));
    return network;
  }

  /** @param what `answers`: what is asked still arrives. */
  cut(what: 'all' | 'answers' = 'all'): void {
    this.#cut = what;
  }

  /** New connections go through again. Old ones are never heard of again, as after a switch has forgotten them. */
  heal(): void {
    this.#cut = undefined;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #forward(client: Socket, target: number, host: string): void {
    this.#keep(client);
    // The kernel takes a connection before anybody looks at it.
    if (this.#cut === 'all') return;
    const server = connect(target, host);
    this.#keep(server);
    let lost = false;
    const isLost = (isAnswer: boolean): boolean => {
      lost ||= this.#cut === 'all';
      return lost || (isAnswer && this.#cut === 'answers');
    };
    client.on('data', (chunk) => isLost(false) || server.write(chunk));
    server.on('data', (chunk) => isLost(true) || client.write(chunk));
    const end = (other: Socket) => () => isLost(false) || other.destroy();
    client.on('close', end(server));
    server.on('close', end(client));
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
