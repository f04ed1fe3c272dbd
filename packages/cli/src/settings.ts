import { ParleyError } from '@parley/core';
import type { LogOptions } from '@parley/server';
import { type Flags, malformed } from './command-line.ts';

/** Where and how to serve: what the command line says, else the environment, else the defaults. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Goes before what the configuration says. */
  readonly publicUrl?: string;
  readonly logLevel: LogLevel;
}

export type LogLevel = NonNullable<LogOptions['level']>;

/** A kind of value that is typed as text. */
interface Kind<Value> {
  /** `undefined` when the text is none. */
  readonly read: (text: string) => Value | undefined;
  /** What it has to be, to end the sentence "it has to be …". */
  readonly expected: string;
}

const port: Kind<number> = {
  read: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
  expected: 'a whole number from 0 to 65535',
};

const host: Kind<string> = {
  read: (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
  expected: 'a host name or an address such as 0.0.0.0',
};

const publicUrl: Kind<string> = {
  read(text) {
    if (!URL.canParse(text)) return undefined;
    const { protocol, search, hash } = new URL(text);
    return /^https?:$/.test(protocol) && search === '' && hash === '' ? text.replace(/\/+$/, '') : undefined;
  },
  expected: 'a URL such as https://bots.example.com',
};

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const satisfies readonly LogLevel[];

const logLevel: Kind<LogLevel> = {
  read: (text) => LEVELS.find((level) => level === text.toLowerCase()),
  expected: `one of ${LEVELS.join(', ')}`,
};

type ServingFlags = Pick<Flags, 'port' | 'host' | 'publicUrl'>;

/** @throws `error.platform.command-line.malformed`, `error.platform.config.bad-environment` */
export function resolveSettings(flags: ServingFlags, environment: NodeJS.ProcessEnv): Settings {
  const url = fromFlag('public-url', flags.publicUrl, publicUrl) ?? fromVariable('PARLEY_PUBLIC_URL', publicUrl);
  return {
    port: fromFlag('port', flags.port, port) ?? fromVariable('PORT', port) ?? 3000,
    host: fromFlag('host', flags.host, host) ?? fromVariable('HOST', host) ?? '127.0.0.1',
    logLevel: fromVariable('LOG_LEVEL', logLevel) ?? 'info',
    ...(url === undefined ? {} : { publicUrl: url }),
  };

  function fromVariable<Value>(variable: string, kind: Kind<Value>): Value | undefined {
    const text = environment[variable];
    if (text === undefined || text === '') return undefined;
    const value = kind.read(text);
    if (value !== undefined) return value;
    throw new ParleyError('error.platform.config.bad-environment', {
      variable,
      problem: `it has to be ${kind.expected}`,
    });
  }
}

/** Checks the flags alone, before anything is loaded. */
export function checkFlags(flags: ServingFlags): void {
  resolveSettings(flags, {});
}

function fromFlag<Value>(name: string, text: string | undefined, kind: Kind<Value>): Value | undefined {
  if (text === undefined) return undefined;
  return kind.read(text) ?? malformed(`The option --${name} has to be ${kind.expected}.`);
}
