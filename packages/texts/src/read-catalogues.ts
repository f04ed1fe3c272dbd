import { nearest } from '@parley/core';
import type { Catalogue, Catalogues } from './catalogues.ts';
import { canonical, parentsOf } from './locales.ts';
import { compile, type Message } from './message.ts';

export type Messages = ReadonlyMap<string, ReadonlyMap<string, Message>>;

/** What was read of catalogues, and all that is wrong with them, a line each. No line has words of a text. */
export interface Reading {
  readonly messages: Messages;
  readonly problems: readonly string[];
}

export function readCatalogues(defaultLocale: string, catalogues: Catalogues): Reading {
  const problems: string[] = [];
  const named = Object.entries(catalogues).filter(([locale]) => {
    const right = canonical(locale);
    if (right !== locale) problems.push(`${locale} is no locale${right === undefined ? '' : `: write ${right}`}`);
    return right === locale;
  });
  const messages = new Map(named.map(([locale, catalogue]) => [locale, readCatalogue(locale, catalogue, problems)]));
  const reference = messages.get(defaultLocale);
  if (reference === undefined) {
    problems.push(`there is no catalogue of the default locale ${defaultLocale}`);
    return { messages, problems };
  }
  for (const [locale, catalogue] of named) {
    if (locale === defaultLocale) continue;
    const isRegional = parentsOf(locale).some((parent) => messages.has(parent));
    const missing = isRegional ? [] : Object.keys(catalogues[defaultLocale] ?? {}).filter((key) => !(key in catalogue));
    problems.push(...missing.map((key) => `${locale}.${key} is missing`));
    for (const [key, message] of messages.get(locale) ?? []) problems.push(...compare(locale, key, message, reference));
  }
  return { messages, problems };
}

function readCatalogue(locale: string, catalogue: Catalogue, problems: string[]): ReadonlyMap<string, Message> {
  const messages = new Map<string, Message>();
  const isKnown = Intl.PluralRules.supportedLocalesOf(locale).length > 0;
  for (const [key, text] of Object.entries(catalogue)) {
    try {
      const message = compile(text, locale);
      messages.set(key, message);
      if (message.needsIntl && !isKnown) {
        problems.push(
          `${locale}.${key}: this Node.js has no plurals, numbers and dates of ${locale} (see "Languages" in the README)`,
        );
      }
    } catch (error) {
      problems.push(`${locale}.${key}: ${(error as Error).message}`);
    }
  }
  return messages;
}

/** What a translation has that the default locale has not. */
function compare(locale: string, key: string, { variables }: Message, reference: ReadonlyMap<string, Message>) {
  const original = reference.get(key)?.variables;
  if (original === undefined) {
    const meant = nearest(key, [...reference.keys()]);
    return [`${locale}.${key} is not in the default locale${meant === undefined ? '' : ` (did you mean ${meant}?)`}`];
  }
  const missing = [...original.keys()].filter((name) => !variables.has(name));
  const added = [...variables.keys()].filter((name) => !original.has(name));
  const stricter = [...variables].filter(([name, takes]) =>
    [...(original.get(name) ?? [])].some((one) => !takes.has(one)),
  );
  return [
    ...missing.map((name) => `${locale}.${key} does not say {${name}}`),
    ...added.map((name) => `${locale}.${key} says {${name}}, which is not in the default locale`),
    ...stricter.map(
      ([name]) => `${locale}.${key} takes less for {${name}} than the default locale: write it as the same kind there`,
    ),
  ];
}
