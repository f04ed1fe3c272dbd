import type { Message } from './message.ts';
import type { Messages } from './read-catalogues.ts';

/** Something about a text that is not wrong, but likely not meant. */
export interface TextWarning {
  /** `unused`: its key stands in no source. `plural-form`: numbers of its language have a form that it has not. */
  readonly rule: 'unused' | 'plural-form';
  readonly key: string;
  /** Of `plural-form`. */
  readonly locale?: string;
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
}

/** Forms that only larger numbers take are forms of millions, such as `many` in Spanish, and rightly left out. */
const NUMBERS = Array.from({ length: 201 }, (_, number) => number);

export function warningsOf(
  messages: Messages,
  keys: readonly string[],
  sources: readonly string[],
): readonly TextWarning[] {
  const plurals = [...messages].flatMap(([locale, catalogue]) =>
    [...catalogue].flatMap(([key, message]) => missingForms(locale, key, message)),
  );
  const unused = sources.length === 0 ? [] : keys.filter((key) => !sources.some((source) => hasString(source, key)));
  return [
    ...plurals,
    ...unused.map(
      (key) => ({ rule: 'unused', key, message: `Nobody says ${key}. Remove it from every language.` }) as const,
    ),
  ];
}

function missingForms(locale: string, key: string, { plurals }: Message): readonly TextWarning[] {
  return plurals.flatMap(({ variable, type, forms }) => {
    const rules = new Intl.PluralRules(locale, { type });
    const selected = NUMBERS.map((number) => rules.select(number));
    return [...new Set(selected)]
      .map((form) => ({ form, number: selected.indexOf(form) }))
      .filter(({ form, number }) => !forms.includes(form) && !forms.includes(`=${number}`))
      .map(({ form, number }) => {
        const message = `${locale}.${key} has no form ${form} of {${variable}}, as for ${number}: write ${form} {…}.`;
        return { rule: 'plural-form', key, locale, message } as const;
      });
  });
}

function hasString(source: string, key: string): boolean {
  return [`'${key}'`, `"${key}"`, `\`${key}\``].some((quoted) => source.includes(quoted));
}
