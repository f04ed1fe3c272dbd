import { element, icon, iconButton } from './element.ts';
import { createLightbox } from './lightbox.ts';
import { showNumber } from './numbers.ts';
import { createPhoneView, nameOf, type PhoneView } from './phone.ts';
import type { Store } from './store.ts';
import type { OrganizationView, Slot } from './types.ts';

/** All phones: side by side where there is room, else one at a time with a tab for each. */
export function createStage(store: Store): {
  readonly nodes: readonly Node[];
  readonly draw: () => void;
  readonly add: () => void;
} {
  const stage = element('main', { class: 'stage' });
  const tabs = element('nav', { class: 'tabs', 'aria-label': 'Phones' });
  const lightbox = createLightbox();
  const phones = new Map<string, PhoneView>();
  /** Phones that are on the screen now, by slot. */
  const visible = new Set<string>();

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) {
        const id = (target as HTMLElement).dataset.slot ?? '';
        if (intersectionRatio > 0.5) visible.add(id);
        else visible.delete(id);
      }
      draw();
    },
    { root: stage, threshold: [0, 0.5, 0.51, 1] },
  );

  function make(slot: Slot): PhoneView {
    const view = createPhoneView(store, slot, {
      onPicture: lightbox.show,
      isVisible: () => visible.has(slot.id) && document.visibilityState === 'visible',
    });
    view.node.dataset.slot = slot.id;
    watcher.observe(view.node);
    phones.set(slot.id, view);
    return view;
  }

  function add(): void {
    const slot = store.addSlot();
    // Drawn after this task; only then there is something to scroll to.
    if (slot !== undefined) setTimeout(() => show(slot.id), 0);
  }

  function show(id: string): void {
    const view = phones.get(id);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    view?.node.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', inline: 'center', block: 'nearest' });
    if (!matchMedia('(pointer: coarse)').matches) view?.focus();
  }

  function drawTabs(organization: OrganizationView, slots: readonly Slot[]): void {
    const current = slots.find(({ id }) => visible.has(id))?.id;
    const signature = JSON.stringify([slots, current, slots.map(({ number }) => store.unread(number))]);
    if (tabs.dataset.signature === signature) return;
    tabs.dataset.signature = signature;
    const plus = iconButton('plus', 'Add a phone', 'plain');
    plus.addEventListener('click', add);
    const made = slots.map((slot) => tab(organization, slot, slot.id === current));
    tabs.replaceChildren(...made, plus);
    made.find((button) => button.getAttribute('aria-current'))?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }

  function tab(organization: OrganizationView, slot: Slot, current: boolean): HTMLElement {
    const label = nameOf(organization, slot.number) ?? showNumber(slot.number);
    const unread = current ? 0 : store.unread(slot.number);
    const button = element('button', { type: 'button', 'aria-current': current ? 'true' : undefined }, label);
    if (current) button.append(icon('down'), element('span', { class: 'unseen' }, ', change whose phone this is'));
    if (unread > 0) button.append(element('span', { class: 'badge' }, String(unread)));
    // The tab of the phone that is open changes whose it is: there is no room for its own row.
    button.addEventListener('click', () => (current ? phones.get(slot.id)?.chooseOwner() : show(slot.id)));
    return button;
  }

  function draw(): void {
    const organization = store.organization();
    if (organization === undefined) return;
    const slots = store.slots();
    for (const [id, view] of phones) {
      if (slots.some((slot) => slot.id === id)) continue;
      watcher.unobserve(view.node);
      view.node.remove();
      phones.delete(id);
      visible.delete(id);
    }
    slots.forEach((slot, index) => {
      const view = phones.get(slot.id) ?? make(slot);
      const there = stage.children[index];
      if (there !== view.node) stage.insertBefore(view.node, there ?? null);
      view.draw(slot, organization);
    });
    drawTabs(organization, slots);
  }

  document.addEventListener('visibilitychange', draw);
  return { nodes: [tabs, stage, lightbox.node], draw, add };
}
