import { listen } from './api.ts';
import { element, icon } from './element.ts';
import { createStage } from './stage.ts';
import { createStore } from './store.ts';

/** A server that restarts is back within this time; the banner would only flicker. */
const PATIENCE = 1_200;

const store = createStore();
const stage = createStage(store);

const organizationName = element('span', { class: 'organization' });
const live = element('span', { class: 'live', role: 'status' });
const theme = element('button', { type: 'button', class: 'round plain' });
const add = element('button', { type: 'button', class: 'add' }, icon('plus'), 'Add phone');
const banner = element('div', { class: 'banner', role: 'alert', hidden: true });

document.body.append(
  element(
    'header',
    { class: 'top' },
    element(
      'span',
      { class: 'brand' },
      element('span', { class: 'logo', 'aria-hidden': 'true' }),
      element('h1', {}, 'Parley'),
    ),
    organizationName,
    element('span', { class: 'spacer' }),
    live,
    theme,
    add,
  ),
  banner,
  ...stage.nodes,
);

add.addEventListener('click', stage.add);
theme.addEventListener('click', () => {
  const { dataset } = document.documentElement;
  dataset.theme = dataset.theme === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem('parley.theme', dataset.theme);
  } catch {
    // The choice lasts as long as the page.
  }
  drawTheme();
});

// After the listener of theme.js, which has come first.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawTheme);

function drawTheme(): void {
  const dark = document.documentElement.dataset.theme === 'dark';
  const label = dark ? 'Switch to light' : 'Switch to dark';
  theme.setAttribute('aria-label', label);
  theme.title = label;
  theme.replaceChildren(icon(dark ? 'sun' : 'moon'));
}

function drawTop(): void {
  organizationName.textContent = store.organization()?.name ?? '';
  add.disabled = store.organization() === undefined;
  const connection = store.connection();
  live.dataset.connection = connection;
  live.textContent = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' }[connection];
  const unread = [...new Set(store.slots().map(({ number }) => number))].reduce(
    (sum, one) => sum + store.unread(one),
    0,
  );
  document.title = unread > 0 ? `(${unread}) Parley phone` : 'Parley phone';
}

let lostAt: ReturnType<typeof setTimeout> | undefined;
function drawBanner(): void {
  if (store.connection() !== 'lost') {
    clearTimeout(lostAt);
    lostAt = undefined;
    banner.hidden = true;
    return;
  }
  lostAt ??= setTimeout(() => {
    banner.replaceChildren(icon('alert'), 'The server is not answering. This page goes on by itself once it is back.');
    banner.hidden = false;
  }, PATIENCE);
}

store.onChange(() => {
  drawTop();
  drawBanner();
  stage.draw();
});
listen({ message: store.receive, ready: store.connected, lost: store.disconnected });
// The phones' clocks.
setInterval(stage.draw, 20_000);
drawTheme();
drawTop();
