/** Menus that open without a script close by it: with Escape, and when one goes elsewhere. */
export function closeMenus() {
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  for (const event of ['click', 'focusin'])
    document.addEventListener(event, ({ target }) => {
      for (const menu of openMenus())
        if (!menu.contains(target)) menu.open = false;
    });
}

function openMenus() {
  return document.querySelectorAll('details.app-menu[open]');
}
