import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ParleyError } from '@parley/core';

/** Makes a coded error with file and line of whatever loading a configuration threw. */
export function explainLoadFailure(error: unknown, config: string): unknown {
  if (error instanceof ParleyError) return error;
  const { problem, where } = explain(error, config);
  return new ParleyError('error.platform.config.not-loadable', { problem, where }, { cause: error });
}

/** The first place in the project that an error's stack names: `bots/menu.ts:12:5`. */
export function placeOf(error: unknown, folder: string): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const [, file, position] of stack.matchAll(/(?:\(|at (?:async )?)((?:file:\/\/)?\/[^():]+):(\d+:\d+)\)?$/gm)) {
    const path = pathOf(file as string);
    if (isInside(path, folder)) return `${relative(folder, path)}:${position}`;
  }
  return undefined;
}

function explain(error: unknown, config: string): { readonly problem: string; readonly where: string } {
  const folder = dirname(config);
  const message = error instanceof Error ? error.message : String(error);
  // esbuild: "Transform failed with 1 error:\n/project/parley.config.ts:2:28: ERROR: Expected …"
  const syntax = /^(\/.+?):(\d+:\d+): ERROR: (.+)$/m.exec(message);
  if (syntax !== null) {
    const [, file, position, problem] = syntax as unknown as [string, string, string, string];
    return { problem, where: `${relative(folder, file)}:${position}` };
  }
  // Node: "Cannot find package 'x' imported from /project/parley.config.ts"
  const missing = /^(Cannot find .+) imported from (.+)$/.exec(message);
  if (missing !== null) {
    const [, problem, file] = missing as unknown as [string, string, string];
    return { problem: shorten(problem, folder), where: relative(folder, pathOf(file)) };
  }
  const name = error instanceof Error ? error.name : 'thrown';
  return { problem: `${name}: ${message}`, where: placeOf(error, folder) ?? relative(folder, config) };
}

function isInside(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`) && !file.includes('/node_modules/');
}

function shorten(problem: string, folder: string): string {
  return problem.replaceAll(`${folder}/`, '');
}

function pathOf(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file;
}
