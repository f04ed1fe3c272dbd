import { avatar, element, icon } from './element.ts';
import { MAGIC, parseNumber, placesBesides, type Suggestion, showNumber } from './numbers.ts';
import type { AppView, OrganizationView } from './types.ts';

interface Choice {
  readonly value: string;
  readonly title: string;
  readonly note?: string;
  readonly badge?: string;
  readonly unread?: number;
  /** What stands in front: a letter for who has a name, else a sign. */
  readonly sign?: 'phone' | 'alert';
}

/** What a sheet shows to choose whose phone this is. */
export function numberChoices(options: {
  readonly organization: OrganizationView;
  readonly recents: readonly string[];
  readonly current: string;
  readonly onChoose: (number: string) => void;
  readonly onRemove: (() => void) | undefined;
}): { readonly content: readonly Node[]; readonly focus: HTMLElement } {
  const { organization, recents, current, onChoose, onRemove } = options;
  const names = new Map(organization.people.map(({ phone, name }) => [phone, name]));
  const places = placesBesides(organization.apps);
  const suggested = new Set([...names.keys(), ...[...places, ...MAGIC].map(({ number }) => number)]);
  const { form, field } = numberForm(onChoose);
  const group = (title: string, choices: readonly Choice[]) => choiceGroup(title, choices, current, onChoose);

  const content: (Node | undefined)[] = [
    form,
    group(
      'People',
      organization.people.map(({ phone, name }) => ({ value: phone, title: name, note: showNumber(phone) })),
    ),
    group(
      'Recent',
      recents
        .filter((number) => !suggested.has(number))
        .map((number) => ({ value: number, title: showNumber(number), sign: 'phone' })),
    ),
    group(
      'Somebody new',
      fromSuggestions(
        places.filter(({ number }) => !names.has(number)),
        'phone',
      ),
    ),
    group('Numbers that fail', fromSuggestions(MAGIC, 'alert')),
  ];
  if (onRemove !== undefined) {
    const remove = element('button', { type: 'button', class: 'danger' }, 'Remove this phone');
    remove.addEventListener('click', onRemove);
    content.push(remove);
  }
  return { content: content.filter((node) => node !== undefined), focus: field };
}

function fromSuggestions(suggestions: readonly Suggestion[], sign: 'phone' | 'alert'): readonly Choice[] {
  return suggestions.map(({ number, label }) => ({ value: number, title: showNumber(number), note: label, sign }));
}

/** What a sheet shows to choose which of our numbers to text. */
export function appChoices(options: {
  readonly apps: readonly AppView[];
  readonly current: string;
  readonly unread: (app: string) => number;
  readonly onChoose: (app: string) => void;
}): readonly Node[] {
  const { apps, current, unread, onChoose } = options;
  const choices = apps.map((app) => ({
    value: app.id,
    title: app.name,
    note: showNumber(app.address),
    badge: app.emulated ? app.mode : `live on ${app.transport}`,
    unread: app.id === current ? 0 : unread(app.id),
  }));
  const group = choiceGroup('', choices, current, onChoose);
  return group === undefined ? [] : [group];
}

function numberForm(onChoose: (number: string) => void): {
  readonly form: HTMLElement;
  readonly field: HTMLInputElement;
} {
  const field = element('input', {
    type: 'tel',
    placeholder: 'Type a number',
    'aria-label': 'Phone number',
    autocomplete: 'off',
  });
  const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
  const use = element('button', { type: 'submit', class: 'primary' }, 'Use');
  const form = element('form', { class: 'number-form', novalidate: true }, field, use, problem);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const number = parseNumber(field.value);
    if (number !== undefined) return onChoose(number);
    problem.textContent = 'Ten digits, or + and the country code.';
    problem.hidden = false;
    field.setAttribute('aria-invalid', 'true');
  });
  field.addEventListener('input', () => {
    problem.hidden = true;
    field.removeAttribute('aria-invalid');
  });
  return { form, field };
}

function choiceGroup(
  title: string,
  choices: readonly Choice[],
  current: string,
  onChoose: (value: string) => void,
): HTMLElement | undefined {
  if (choices.length === 0) return undefined;
  const list = element('ul', { class: 'choices' }, ...choices.map((choice) => choiceItem(choice, current, onChoose)));
  return element('section', { class: 'choice-group' }, title === '' ? undefined : element('h3', {}, title), list);
}

function choiceItem(choice: Choice, current: string, onChoose: (value: string) => void): HTMLElement {
  const chosen = choice.value === current;
  const button = element(
    'button',
    { type: 'button', 'aria-current': chosen ? 'true' : undefined },
    choice.sign === undefined
      ? avatar(choice.title)
      : element('span', { class: `avatar sign sign-${choice.sign}` }, icon(choice.sign)),
    element(
      'span',
      { class: 'choice-text' },
      element('span', { class: 'choice-title' }, choice.title),
      choice.note === undefined ? undefined : element('span', { class: 'choice-note' }, choice.note),
    ),
    choice.badge === undefined ? undefined : element('span', { class: 'mode' }, choice.badge),
    choice.unread ? element('span', { class: 'badge' }, String(choice.unread)) : undefined,
    chosen ? icon('check') : undefined,
  );
  button.addEventListener('click', () => onChoose(choice.value));
  return element('li', {}, button);
}
