import { appChoices, numberChoices } from './choices.ts';
import { createComposer } from './composer.ts';
import { avatar, element, icon, iconButton } from './element.ts';
import { showNumber } from './numbers.ts';
import { createSheet } from './sheet.ts';
import type { Store } from './store.ts';
import { createThreadView } from './thread-view.ts';
import { clockTime } from './time.ts';
import type { AppView, OrganizationView, Slot } from './types.ts';

/** One phone on the stage. */
export interface PhoneView {
  readonly node: HTMLElement;
  readonly draw: (slot: Slot, organization: OrganizationView) => void;
  readonly focus: () => void;
  readonly chooseOwner: () => void;
}

export function createPhoneView(
  store: Store,
  first: Slot,
  options: {
    readonly onPicture: (url: string, opener: HTMLElement) => void;
    /** Whether the reader can see this phone. */
    readonly isVisible: () => boolean;
  },
): PhoneView {
  let slot = first;

  const thread = createThreadView({
    onText: (text) => void store.send(slot, text, []),
    onSendAgain: (key) => void store.sendAgain(slot, key),
    onPicture: options.onPicture,
    onRead: () => store.markRead(slot),
  });
  const composer = createComposer((text, pictures) => {
    void store.send(slot, text, pictures);
    thread.toEnd();
  });

  const owner = element('button', { type: 'button', class: 'owner', 'aria-haspopup': 'dialog' });
  const remove = iconButton('close', 'Remove this phone', 'plain');
  const contact = element('button', { type: 'button', class: 'contact', 'aria-haspopup': 'dialog' });
  const clock = element('span', { class: 'clock' });
  const real = element('div', { class: 'real', hidden: true });
  const inside = element(
    'div',
    { class: 'inside' },
    element(
      'div',
      { class: 'status-bar', 'aria-hidden': 'true' },
      clock,
      element('span', { class: 'island' }),
      signal(),
    ),
    contact,
    thread.node,
    real,
    composer.node,
  );
  const sheet = createSheet(inside);
  const node = element(
    'section',
    { class: 'phone' },
    element('header', { class: 'owner-row' }, owner, remove),
    element(
      'div',
      { class: 'device' },
      element(
        'div',
        { class: 'screen' },
        inside,
        sheet.node,
        element('span', { class: 'home', 'aria-hidden': 'true' }),
      ),
    ),
  );

  function chooseOwner(): void {
    const organization = store.organization();
    if (organization === undefined) return;
    const { content, focus } = numberChoices({
      organization,
      recents: store.recents(),
      current: slot.number,
      onChoose: (number) => {
        sheet.close();
        store.changeSlot(slot.id, { number });
        composer.focus();
      },
      onRemove: store.slots().length > 1 ? () => store.removeSlot(slot.id) : undefined,
    });
    // A touch keyboard would cover what there is to choose from.
    if (matchMedia('(pointer: coarse)').matches) sheet.open('Whose phone is this?', content);
    else sheet.open('Whose phone is this?', content, focus);
  }

  function chooseApp(): void {
    const content = appChoices({
      apps: store.organization()?.apps ?? [],
      current: slot.app,
      unread: (app) => store.unread(slot.number, app),
      onChoose: (app) => {
        sheet.close();
        store.changeSlot(slot.id, { app });
        composer.focus();
      },
    });
    sheet.open('Text whom?', content);
  }

  owner.addEventListener('click', chooseOwner);
  contact.addEventListener('click', chooseApp);
  remove.addEventListener('click', () => store.removeSlot(slot.id));
  node.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    node.classList.add('dropping');
  });
  node.addEventListener('dragleave', () => node.classList.remove('dropping'));
  node.addEventListener('drop', (event) => {
    node.classList.remove('dropping');
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    composer.attach(event.dataTransfer.files);
  });

  function draw(next: Slot, organization: OrganizationView): void {
    const moved = next.number !== slot.number || next.app !== slot.app;
    slot = next;
    const app = store.app(slot.app);
    if (app === undefined) return;
    const name = nameOf(organization, slot.number);
    node.setAttribute('aria-label', `Phone of ${name ?? showNumber(slot.number)}`);
    redraw(owner, JSON.stringify([name, slot.number]), () => ownerLabel(name, slot.number));
    const elsewhere = store.unread(slot.number) - store.unread(slot.number, slot.app);
    redraw(contact, JSON.stringify([app, elsewhere]), () => contactLabel(app, elsewhere));
    remove.hidden = store.slots().length < 2;
    clock.textContent = clockTime(Date.now());
    real.hidden = app.emulated;
    composer.node.hidden = !app.emulated;
    redraw(real, JSON.stringify(app), () => realNotice(app));
    thread.draw(app, organization.name, store.thread(slot));
    if (moved) thread.toEnd();
    if (thread.atEnd() && options.isVisible()) store.markRead(slot);
  }

  return { node, draw, focus: composer.focus, chooseOwner };
}

/** Renews what is in a node only if it looks different, so that focus and animations survive. */
function redraw(node: HTMLElement, signature: string, make: () => readonly Node[]): void {
  if (node.dataset.signature === signature) return;
  node.dataset.signature = signature;
  node.replaceChildren(...make());
}

/** The name that the organization knows a number by. */
export function nameOf(organization: OrganizationView, number: string): string | undefined {
  return organization.people.find(({ phone }) => phone === number)?.name;
}

function ownerLabel(name: string | undefined, number: string): readonly Node[] {
  return [
    icon('phone'),
    element('span', { class: 'owner-name' }, name ?? showNumber(number)),
    ...(name === undefined ? [] : [element('span', { class: 'owner-number' }, showNumber(number))]),
    icon('down'),
    element('span', { class: 'unseen' }, ', change whose phone this is'),
  ];
}

function contactLabel(app: AppView, elsewhere: number): readonly Node[] {
  return [
    avatar(app.name),
    element(
      'span',
      { class: 'contact-text' },
      element('span', { class: 'contact-name' }, app.name, icon('down')),
      element('span', { class: 'contact-number' }, showNumber(app.address)),
    ),
    element('span', { class: 'unseen' }, ', change whom to text'),
    ...(elsewhere > 0 ? [element('span', { class: 'badge', title: 'New texts from others' }, String(elsewhere))] : []),
    element('span', { class: 'mode' }, app.emulated ? app.mode : 'live'),
  ];
}

function realNotice(app: AppView): readonly Node[] {
  return [
    element('strong', {}, `${app.name} is on real phones`),
    element(
      'p',
      {},
      `The transport ${app.transport} has credentials, so texts go to the provider and not to this page. ` +
        `Text ${showNumber(app.address)} from your own phone, or start without credentials to try it here.`,
    ),
  ];
}

function signal(): HTMLElement {
  return element('span', { class: 'signal' }, ...[1, 2, 3, 4].map(() => element('i')), element('b'));
}
