import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Manifest, Packed } from './packages.ts';

/** A package that is served from a tarball. */
export interface Served {
  readonly manifest: Manifest;
  readonly packed: Packed;
}

/** A registry on this computer: what npm gets from it are tarballs of this repository, and everything else from another registry. */
export class LocalRegistry {
  readonly #packages: ReadonlyMap<string, Served>;
  readonly #tarballs: string;
  readonly #upstream: string;
  // npm caches by URL: another run must not be taken for this one.
  readonly #prefix = `/${randomUUID()}`;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  /**
   * @param tarballs the folder that they are in.
   * @param upstream where everything else comes from.
   */
  constructor(
    packages: readonly Served[],
    { tarballs, upstream }: { readonly tarballs: string; readonly upstream: string },
  ) {
    this.#packages = new Map(packages.map((served) => [served.manifest.name, served]));
    this.#tarballs = tarballs;
    this.#upstream = upstream.replace(/\/$/, '');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#prefix}`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.startsWith(`${this.#prefix}/`) ? request.url.slice(this.#prefix.length) : undefined;
    if (path === undefined) return void response.writeHead(404).end();
    const name = decodeURIComponent(path.slice(1));
    const served = this.#packages.get(name);
    if (served !== undefined) return this.#describe(served, response);
    const tarball = [...this.#packages.values()].find(({ packed }) => path === `/-/tarballs/${packed.filename}`);
    // npm follows, and looks into its cache under that address.
    if (tarball === undefined) return void response.writeHead(302, { location: `${this.#upstream}${path}` }).end();
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
    response.end(readFileSync(join(this.#tarballs, tarball.packed.filename)));
  }

  #describe({ manifest, packed: { filename, integrity, shasum } }: Served, response: ServerResponse): void {
    const { name, version } = manifest;
    const dist = { integrity, shasum, tarball: `${this.url}/-/tarballs/${filename}` };
    const document = { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } };
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(document));
  }
}
