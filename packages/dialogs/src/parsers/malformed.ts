import { ParleyError } from '@parley/core';

/** What is thrown when a parser is made with options that cannot be. */
export function malformed(where: string, problem: string): ParleyError {
  return new ParleyError('error.platform.config.malformed', { where, problem });
}
