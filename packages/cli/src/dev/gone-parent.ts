/** How often to look, in milliseconds. */
const INTERVAL = 500;

/**
 * Resolves when npm, which has run this command as a script, is gone. Where `sh` does not pass signals on (dash), ending
 * npm would leave us behind on the port.
 */
export function goneParent(): Promise<void> {
  return new Promise((resolve) => {
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, INTERVAL);
    timer.unref();
  });
}
