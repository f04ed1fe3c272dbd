import { Pool } from 'undici';

/** Sends all requests, `connections` at a time, and says how many a second were answered, and how fast. */
export async function closedLoop(url, requests, connections) {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const latencies = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < requests.length) await send(pool, requests[next++], latencies);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  return { perSecond: requests.length / seconds, ...percentiles(latencies) };
}

/** Sends `rate` requests a second whether or not the earlier ones were answered; latency counts from when each was due. */
export async function openLoop(url, requests, rate, connections = 256) {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const latencies = [];
  const underWay = [];
  const began = performance.now();
  for (let sent = 0; sent < requests.length; ) {
    const due = Math.min(requests.length, Math.floor(((performance.now() - began) / 1000) * rate) + 1);
    for (; sent < due; sent++) underWay.push(send(pool, requests[sent], latencies, began + (sent / rate) * 1000));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
  await pool.close();
  return percentiles(latencies);
}

async function send(pool, request, latencies, due = performance.now()) {
  const { statusCode, body } = await pool.request(request);
  await body.dump();
  if (statusCode !== 200) throw new Error(`The server answered ${statusCode}.`);
  latencies.push(performance.now() - due);
}

function percentiles(latencies) {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
