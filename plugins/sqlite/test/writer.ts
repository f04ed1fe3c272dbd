import { silentLog, systemClock } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { buildDocument, buildKey, buildMessage, commits } from '@parley/testing/records';

/**
 * A process that writes turns as fast as it can, over 20 conversations, and prints the id of each message once its turn
 * was acknowledged. It goes on until somebody kills it.
 */
export async function write(file: string): Promise<void> {
  const storage = sqlite({ file });
  await storage.open({ clock: systemClock, log: silentLog });
  const writers = Array.from({ length: 20 }, async (_, index) => {
    const key = buildKey(index);
    for (let turns = 1; ; turns++) {
      const id = `${index}-${turns}`;
      const message = buildMessage({ id, conversation: key, at: turns });
      await storage.conversations.turn(key, () => commits(buildDocument({ key, turns }), { messages: [message] }));
      process.stdout.write(`${id}\n`);
    }
  });
  await Promise.all(writers);
}

/** A process that opens a file, says how that went, and stays. */
export async function hold(file: string): Promise<void> {
  try {
    await sqlite({ file }).open({ clock: systemClock, log: silentLog });
    process.stdout.write('open\n');
    setInterval(() => {}, 1_000);
  } catch (error) {
    process.stdout.write(`${(error as { code?: string }).code}\n`);
  }
}
