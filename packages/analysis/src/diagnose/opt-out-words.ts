import type { Bot, Trigger } from '@parley/core';
import type { Atlas } from '../atlas.ts';
import type { Exploration } from '../explore/explore.ts';
import type { Findings } from '../findings.ts';
import { unique, wordsAwaited, wordsMatching } from '../words.ts';

/**
 * The words that Twilio takes as opting out or as a call for help, as a whole message in any case: support.twilio.com/hc/en-us/articles/223134027,
 * and for REVOKE and OPTOUT its blog of 2025-05-14. Carriers (CTIA) and 47 CFR 64.1200(a)(10) ask for much the same.
 * `@parley/plugin-opt-out` knows many more.
 */
const WORDS = {
  STOP: 'opts people out',
  STOPALL: 'opts people out',
  UNSUBSCRIBE: 'opts people out',
  CANCEL: 'opts people out',
  END: 'opts people out',
  QUIT: 'opts people out',
  REVOKE: 'opts people out',
  OPTOUT: 'opts people out',
  HELP: 'is answered as a call for help',
  INFO: 'is answered as a call for help',
} as const;

/** Those that somebody may ask for without thinking of opting out. */
const EVERYDAY: ReadonlySet<string> = new Set(['CANCEL', 'END', 'QUIT', 'REVOKE', 'INFO']);

/** A sentence that asks for a reply. */
const ASKS = /\b(?:reply|text|send|answer|type|respond|press)\b/i;

/** A text that says how to opt out may name any word for it. */
const ABOUT_OPTING_OUT = /unsubscri|opt[ -]?out|\btexts?\b.*\b(?:stop|end)|\bmessages?\b|\bsubscription/i;

/** Finds words that the provider keeps for itself, in triggers and in what guards wait for as far as their source shows it. */
export function findOptOutWords(bot: Bot, atlas: Atlas, findings: Findings): void {
  for (const word of taken(bot.triggers.flatMap(wordsOf))) {
    findings.add(
      'opt-out-word',
      [],
      `The trigger ${word} ${WORDS[word]} at the provider. Trigger the bot with another word.`,
    );
  }
  for (const node of atlas.nodes) {
    for (const word of taken(wordsAwaited(node))) {
      findings.add(
        'opt-out-word',
        [node],
        `A guard waits for ${word}, which ${WORDS[word]} at the provider. Take another word.`,
      );
    }
  }
}

/** The same in what people are asked to reply, also where the text is made of what the bot knows. */
export function findOptOutWordsSaid({ said }: Pick<Exploration, 'said'>, atlas: Atlas, findings: Findings): void {
  for (const { text, state, path } of said) {
    const node = state === undefined ? undefined : atlas.get(state);
    for (const word of wordsAskedFor(text)) {
      const message = `People are asked to reply ${word}, which ${WORDS[word]} at the provider. Ask for another word.`;
      findings.add('opt-out-word', node === undefined ? [] : [node], message, path);
    }
  }
}

function wordsAskedFor(text: string): readonly (keyof typeof WORDS)[] {
  if (ABOUT_OPTING_OUT.test(text)) return [];
  const sentences = text.split(/[.!?\n]+/).filter((sentence) => ASKS.test(sentence));
  const words = taken(sentences.flatMap((sentence) => sentence.match(/\b[A-Z]{3,}\b/g) ?? []));
  return words.filter((word) => EVERYDAY.has(word));
}

function wordsOf(trigger: Trigger): readonly string[] {
  if (trigger.kind === 'keyword') return trigger.words;
  return trigger.kind === 'pattern' ? wordsMatching(trigger) : [];
}

function taken(words: readonly string[]): readonly (keyof typeof WORDS)[] {
  return unique(words.map((word) => word.trim().toUpperCase())).filter((word): word is keyof typeof WORDS =>
    Object.hasOwn(WORDS, word),
  );
}
