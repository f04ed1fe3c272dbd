import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { ParleyError } from '@parley/core';

const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-real-ip',
] as const;

/** Whether the request came with a word of who passed it on, believed or not. */
export function wasForwarded(request: IncomingMessage): boolean {
  // As they came: those that are not believed have been removed from `headers`.
  return request.rawHeaders.some((name, index) => index % 2 === 0 && isForwardedHeader(name.toLowerCase()));
}

function isForwardedHeader(name: string): boolean {
  return FORWARDED.some((forwarded) => forwarded === name);
}

/**
 * Makes what removes forwarded headers from the requests of everybody but the given proxies, so that nothing behind it
 * can believe a header that anybody could have written.
 *
 * @param proxies addresses (`10.0.0.7`, `::1`) and networks (`10.0.0.0/8`).
 * @throws `error.platform.config.malformed`
 */
export function onlyFromProxies(proxies: readonly string[]): (request: IncomingMessage) => void {
  const trusted = new BlockList();
  for (const proxy of proxies) addTo(trusted, proxy);
  return (request) => {
    const { headers } = request;
    if (!FORWARDED.some((name) => headers[name] !== undefined)) return;
    if (includes(trusted, request.socket.remoteAddress)) believe(headers, trusted);
    else for (const name of FORWARDED) delete headers[name];
  };
}

/**
 * Most proxies put the address that they see behind those that a client has made up. Who asked is the last one that is no proxy of ours;
 * what stands before it is anybody's word.
 */
function believe(headers: IncomingMessage['headers'], trusted: BlockList): void {
  const addresses = headers['x-forwarded-for'];
  if (typeof addresses !== 'string') return;
  const chain = addresses.split(',').map((address) => address.trim());
  headers['x-forwarded-for'] = chain.findLast((address) => !includes(trusted, address)) ?? chain[0] ?? '';
}

function addTo(list: BlockList, proxy: string): void {
  const [network = '', bits] = proxy.split('/');
  const version = isIP(network);
  const length = bits === undefined ? undefined : Number(bits);
  const longest = version === 4 ? 32 : 128;
  if (version === 0 || (length !== undefined && !(Number.isInteger(length) && length >= 0 && length <= longest))) {
    throw new ParleyError('error.platform.config.malformed', {
      problem: `proxies has ${proxy}, which is no IP address and no network such as 10.0.0.0/8`,
      where: 'serve',
    });
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (length === undefined) list.addAddress(network, family);
  else list.addSubnet(network, length, family);
}

function includes(list: BlockList, address: string | undefined): boolean {
  if (address === undefined) return false;
  // A dual-stack listener sees IPv4 clients as ::ffff:10.0.0.7.
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (isIP(plain) === 0) return false;
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}
