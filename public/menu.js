/** Menus that open without a script close by it: with Escape, and when one goes elsewhere. */
export function closeMenus() {
  const open = () => document.querySelectorAll('details.app-menu[open]');
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  for (const event of ['click', 'focusin'])
    document.addEventListener(event, ({ target }) => {
      for (const menu of open()) if (!menu.contains(target)) menu.open = false;
    });
}
