import { codeOf, errorRegistry, ParleyError } from '@parley/core';
import { describe, expect, it } from 'vitest';
import { access } from './access.ts';
import { commandLine } from './command-line.ts';
import { configuration } from './configuration.ts';
import { consent } from './consent.ts';
import { conversations } from './conversations.ts';
import { duplicateLimit } from './duplicate-limit.ts';
import { firstText } from './first-text.ts';
import { models } from './models.ts';
import { notifications } from './notifications.ts';
import { optOut } from './opt-out.ts';
import { sending } from './sending.ts';
import { serving } from './serving.ts';
import { storages } from './storages.ts';
import { tcpa } from './tcpa.ts';
import { textsInLanguages } from './texts.ts';
import { chats } from './web-chat.ts';
import type { Provocation } from './world.ts';

/** How to make each error of the registry happen. A new code gets its line in the file of this folder where it belongs. */
const provocations: Readonly<Record<string, Provocation>> = {
  ...configuration,
  ...conversations,
  ...sending,
  ...storages,
  ...serving,
  ...access,
  ...commandLine,
  ...consent,
  ...duplicateLimit,
  ...firstText,
  ...models,
  ...notifications,
  ...optOut,
  ...tcpa,
  ...textsInLanguages,
  ...chats,
};

const codes = Object.keys(errorRegistry);

async function codeFrom(provoke: Provocation): Promise<unknown> {
  try {
    return await provoke();
  } catch (error) {
    // A placeholder that is left in the message is a detail that was forgotten.
    if (error instanceof ParleyError) expect(error.message).not.toMatch(/\{\w+\}/);
    return codeOf(error);
  }
}

describe('the registry of errors', () => {
  it('has a provocation for every code, and none for codes that are gone', () => {
    expect(Object.keys(provocations).sort()).toEqual([...codes].sort());
  });

  it.each(Object.keys(provocations))('%s happens', async (code) => {
    expect(await codeFrom(provocations[code]!)).toBe(code);
  });

  it.each(codes)('%s is named after the platform, a component and a reason, and says what to do', (code) => {
    expect(code).toMatch(/^error\.platform\.[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
    expect(errorRegistry[code as keyof typeof errorRegistry].message).toMatch(/^(?:[A-Z]|\{).*(?:\.|\{fix\})$/);
  });
});
