import { say, setupBot } from '@parley/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPromise, not, setup } from 'xstate';
import { toMermaid, toSvg } from './diagram.ts';

const order = setupBot({
  guards: { isDrink: () => true },
  actors: { brew: fromPromise(async () => 'tea') },
}).createMachine({
  id: 'cafe',
  initial: 'asking',
  states: {
    asking: {
      entry: say('COFFEE or TEA?'),
      on: {
        'message.received': [
          { guard: 'isDrink', target: 'brewing' },
          { guard: not('isDrink'), actions: say('We only have COFFEE and TEA. Which one? Text the word.') },
        ],
      },
      after: { 600000: 'served' },
    },
    brewing: { invoke: { src: 'brew', onDone: { target: 'served', actions: say(() => 'Here') }, onError: 'asking' } },
    served: { type: 'final' },
  },
});

const nested = setup({}).createMachine({
  id: 'nested',
  initial: 'form',
  on: { STOP: '.over', HELP: { actions: say('Text STOP.') as never } },
  states: {
    form: {
      initial: 'name',
      on: { redo: { target: 'form', reenter: true }, skip: '.day' },
      onDone: 'both',
      states: {
        name: { on: { next: 'day', restart: '#nested.form' } },
        day: { on: { next: 'sent', cross: '#end' } },
        sent: { type: 'final' },
        before: { type: 'history', history: 'deep' },
      },
    },
    both: {
      type: 'parallel',
      on: { late: '.right.end' },
      states: {
        left: { initial: 'one', states: { one: { on: { go: '#nested.form.before' } } } },
        right: { initial: 'start', states: { start: {}, end: { id: 'end' } } },
      },
    },
    over: { type: 'final' },
  },
});

describe('a diagram of Mermaid', () => {
  it('has states, arrows, guards and delays in words', () => {
    expect(toMermaid(order)).toBe(`stateDiagram-v2
  [*] --> asking
  state "asking<br>on message.received [not isDrink]" as asking
  state "brewing<br>runs brew" as brewing
  state "served" as served
  served --> [*]
  asking --> brewing : message.received [isDrink]
  asking --> served : after 10 min
  brewing --> served : done
  brewing --> asking : error
`);
  });

  it('has what is said, shortened, if asked for it', () => {
    const diagram = toMermaid(order, { texts: true, title: 'Café: "order"' });
    expect(diagram).toMatch(/^---\ntitle: "Café: \\"order\\""\n---\nstateDiagram-v2\n/);
    expect(diagram).toContain(
      '"asking<br>“COFFEE or TEA?”<br>on message.received [not isDrink] “We only have COFFEE and TEA. Which one? Tex…”"',
    );
    expect(diagram).toContain('brewing --> served : done<br>“…”');
  });

  it('has states within states, regions, history, and boxes for arrows that Mermaid does not draw', () => {
    expect(toMermaid(nested, { texts: true })).toBe(`stateDiagram-v2
  [*] --> nested
  state "nested" as nested {
    [*] --> form
    state "anywhere in nested<br>on HELP “Text STOP.”" as nested_anywhere
    nested_anywhere --> over : STOP
    state "form" as form {
      [*] --> form_name
      state "anywhere in form<br>redo#58; from its beginning" as form_anywhere
      form_anywhere --> form_day : skip
      state "form from its beginning" as form_again
      form_name --> form_again : restart
      state "name" as form_name
      state "day" as form_day
      state "sent" as form_sent
      form_sent --> [*]
      state "H∗" as form_before
    }
    state "both" as both {
      state "left" as both_left {
        [*] --> both_left_one
        state "one" as both_left_one
      }
      --
      state "anywhere in both" as both_anywhere
      both_anywhere --> both_right_end : late
      state "right" as both_right {
        [*] --> both_right_start
        state "start" as both_right_start
        state "end" as both_right_end
      }
    }
    state "over" as over
    over --> [*]
  }
  form --> both : done
  form_name --> form_day : next
  form_day --> form_sent : next
  form_day --> both_right_end : cross
  both_left_one --> form_before : go
`);
  });

  it('is a box for a machine without states', () => {
    const echo = setupBot({}).createMachine({
      on: { 'message.received': { actions: say('Yes.') } },
      after: { 86400000: { actions: say(() => 'Bye.') } },
    });
    expect(toMermaid(echo, { texts: true, name: 'echo' })).toBe(`stateDiagram-v2
  [*] --> echo
  state "echo<br>on message.received “Yes.”<br>after 1 d “…”" as echo
`);
  });

  /** What Mermaid's grammar takes in a line; that it draws all of it was looked at in a browser. */
  const LINE =
    /^ *(?:(?:\[\*\]|[A-Za-z]\w*) --> (?:\[\*\]|[A-Za-z]\w*)(?: : (?:[^:;#\n"{}<>%`\\*]|#\d+;|<br>)+)?|state "(?:[^:;#\n"{}<>%`\\*]|#\d+;|<br>)+" as [A-Za-z]\w*(?: \{)?|\}|--)$/u;

  it('keeps to the grammar whatever states, events and texts are called', () => {
    const key = fc.oneof(
      fc.constantFrom(
        'end',
        'state',
        'note',
        'class',
        'default',
        'constructor',
        '__proto',
        '1',
        'a b',
        'é',
        '日本',
        '<b>',
      ),
      fc.string({ minLength: 1 }).filter((name) => !/[.#\\]/.test(name) && name !== '__proto__'),
    );
    const names = fc.uniqueArray(key, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        names,
        fc.string({ minLength: 1 }),
        fc.oneof(fc.string(), fc.constantFrom('日本 😀', 'a\nb\r\u0000\ud800', '#1; %% {x}: <br>', '1. `a` *b* _c_')),
        (keys, event, text) => {
          const [first = '', last = ''] = [keys[0], keys.at(-1)];
          const machine = setup({}).createMachine({
            initial: first,
            states: Object.fromEntries(
              keys.map((name) => [
                name,
                { entry: say(text) as never, on: { [event]: { actions: say(text) as never } } },
              ]),
            ),
            on: { [event]: `.${last}` },
          } as never);
          const [heading, ...lines] = toMermaid(machine as never, { texts: true })
            .trimEnd()
            .split('\n');
          expect(heading).toBe('stateDiagram-v2');
          expect(lines.filter((line) => !LINE.test(line))).toEqual([]);
          const ids = lines.flatMap((line) => / as (\w+)/.exec(line)?.[1] ?? []);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.filter((id) => /^(end|state|note|class|default|constructor)$/.test(id))).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('a drawing in SVG', () => {
  it('has every state within those around it, a title for what is cut off, and both colour schemes', async () => {
    const svg = await toSvg(nested, { texts: true, title: 'Nested & "more"' });
    expect(svg).toContain('<title id="title">Nested &amp; &quot;more&quot;</title>');
    expect(svg).toMatch(/<desc id="summary">States: form, form\.name, .*form to both: done\./);
    expect(svg).toContain('prefers-color-scheme:dark');
    for (const name of ['form', 'name', 'both', 'left', 'over']) expect(svg).toContain(`>${name}<`);
    expect(svg).toContain('· parallel');
    expect(svg).toContain('>H*<');
    expect(svg.match(/class="inner"/g)).toHaveLength(2);
    expect(svg.match(/marker-end/g)).toHaveLength(14);
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it('shortens what is said and has all of it in the title', async () => {
    const text = `${'We only have COFFEE and TEA. '.repeat(3)}<Which one?>`;
    const machine = setupBot({}).createMachine({ id: 'cafe', initial: 'a', states: { a: { entry: say(text) } } });
    const svg = await toSvg(machine, { texts: true });
    expect(svg).toContain('“We only have COFFEE and TEA. We only have C…”');
    expect(svg).toContain(`<title>a\n${text.replace('<', '&lt;').replace('>', '&gt;')}</title>`);
    expect(await toSvg(machine)).not.toContain('COFFEE');
  });
});
