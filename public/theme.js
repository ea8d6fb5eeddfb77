// Runs before the page is painted, so that nobody who prefers dark sees a flash of light.
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

function applyTheme() {
  document.documentElement.dataset.bsTheme = prefersDark.matches
    ? 'dark'
    : 'light';
}

applyTheme();
prefersDark.addEventListener('change', applyTheme);
