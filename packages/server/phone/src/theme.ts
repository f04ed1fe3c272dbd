// Runs before the page is drawn, so that it never flashes in the wrong colours.
{
  const chosen = () => {
    try {
      return localStorage.getItem('parley.theme');
    } catch {
      return null;
    }
  };
  const system = matchMedia('(prefers-color-scheme: dark)');
  const show = () => {
    document.documentElement.dataset.theme = chosen() ?? (system.matches ? 'dark' : 'light');
  };
  show();
  system.addEventListener('change', show);
}
