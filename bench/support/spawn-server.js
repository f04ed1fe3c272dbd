import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Starts a server of bench/servers in a process of its own; resolves once it listens. */
export async function spawnServer(name, settings) {
  const child = fork(new URL(`../servers/${name}.js`, import.meta.url), {
    execArgv: (process.env.SERVER_FLAGS ?? '').split(' ').filter(Boolean),
    env: { ...process.env, NODE_ENV: 'production', BENCH: JSON.stringify(settings) },
  });
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The server ${name} ended with ${code} before it listened.`);
    }),
  ]);
  return {
    url: message.url,
    /** Microseconds of processor time that the server has used so far. */
    async cpu() {
      child.send('cpu');
      const [{ cpu }] = await once(child, 'message');
      return cpu.user + cpu.system;
    },
    async close() {
      const ended = once(child, 'exit');
      child.send('close');
      await ended;
    },
  };
}
