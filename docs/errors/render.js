import { components } from './components.js';

/** @typedef {Readonly<Record<string, { readonly message: string, readonly status?: number }>>} Registry */

const INTRODUCTION = `<!-- Made by \`npm run docs:errors\` from the registry in packages/core/src/errors.ts. -->

# Errors

Every error that you can meet has a code of the form \`error.platform.<component>.<reason>\`. Codes stay; messages may get
better. In code it is a \`ParleyError\`:

\`\`\`ts
import { ParleyError } from '@parley/core';

export function statusFor(error: unknown): number {
  return error instanceof ParleyError && error.code === 'error.platform.journey.running' ? 409 : 500;
}
\`\`\`

\`error.code\` is the code, \`error.details\` what stands in \`{braces}\` below, \`error.status\` the HTTP status to answer with
(500 where the table has none), and \`error.cause\` the error that led to it, if there was one. A server answers
\`{"error":{"code":"…","message":"…"}}\`. No error and no line of the log holds the text of a message or a whole phone number.
`;

/**
 * Makes docs/errors.md.
 *
 * @param {Registry} registry
 * @param {ReadonlyMap<string, readonly string[]>} users which packages use each code
 */
export function renderErrors(registry, users) {
  const sections = [...grouped(registry)].map(([component, codes]) => {
    const { title, text } = components[component] ?? { title: component, text: '' };
    return `\n## ${title}\n\n${text}\n\n${table(codes, registry, users)}`;
  });
  return [INTRODUCTION, ...sections].join('');
}

/** The third part of a code: `error.platform.config.malformed` is of `config`. @param {string} code */
export function componentOf(code) {
  return code.split('.')[2] ?? '';
}

/**
 * Codes by component, those that `components` knows first.
 *
 * @param {Registry} registry
 */
function grouped(registry) {
  /** @type {Map<string, string[]>} */
  const groups = new Map(Object.keys(components).map((component) => [component, []]));
  for (const code of Object.keys(registry)) {
    const component = componentOf(code);
    groups.set(component, [...(groups.get(component) ?? []), code]);
  }
  return [...groups].filter(([, codes]) => codes.length > 0);
}

/**
 * @param {readonly string[]} codes
 * @param {Registry} registry
 * @param {ReadonlyMap<string, readonly string[]>} users
 */
function table(codes, registry, users) {
  const rows = codes.map((code) => {
    const { message, status } = registry[code] ?? { message: '' };
    return `| \`${code}\` | ${status ?? ''} | ${inCell(message)} | ${(users.get(code) ?? []).join(', ')} |`;
  });
  return ['| code | HTTP | what it says, and what to do | from |', '|---|---|---|---|', ...rows, ''].join('\n');
}

/** @param {string} message */
function inCell(message) {
  return message.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
