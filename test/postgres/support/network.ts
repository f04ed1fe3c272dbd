import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A network between the servers and PostgreSQL that a test can cut: what is sent is lost, and nobody is told. */
export class Network {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut = false;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async start(target: number): Promise<Network> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const network = new Network(server, (server.address() as { readonly port: number }).port);
    server.on('connection', (socket) => network.#forward(socket, target));
    return network;
  }

  cut(): void {
    this.#cut = true;
  }

  /** New connections go through again. Old ones are never heard of again, as after a switch has forgotten them. */
  heal(): void {
    this.#cut = false;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #forward(client: Socket, target: number): void {
    this.#keep(client);
    // The kernel takes a connection before anybody looks at it.
    if (this.#cut) return;
    const server = connect(target, '127.0.0.1');
    this.#keep(server);
    let lost = false;
    const pass = (to: Socket) => (chunk: Buffer) => {
      lost ||= this.#cut;
      if (!lost) to.write(chunk);
    };
    client.on('data', pass(server));
    server.on('data', pass(client));
    const end = (other: Socket) => () => {
      lost ||= this.#cut;
      if (!lost) other.destroy();
    };
    client.on('close', end(server));
    server.on('close', end(client));
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
