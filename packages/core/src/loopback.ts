const NAMES = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host name of a URL, or of a Host header, always means the computer that asks. */
export function isLoopback(hostname: string): boolean {
  return NAMES.test(hostname);
}
