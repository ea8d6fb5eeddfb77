const SEQUENCE_MS = 1500;
const SWITCHED_OFF = 'shortcuts-off';
const FIELDS =
  'textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])';

/** Keys that press what bears them as `data-shortcut`, and the sheet that lists them. */
export function offerShortcuts() {
  const sheet = document.getElementById('shortcuts');
  if (!sheet) return;
  for (const button of document.querySelectorAll('[data-opens=shortcuts]')) {
    button.addEventListener('click', () => toggle(sheet));
    button.hidden = false;
  }
  sheet.addEventListener('click', ({ target }) => {
    // The backdrop belongs to the sheet; all else on it is inside a child.
    if (target === sheet) sheet.close();
  });
  const on = sheet.querySelector('[data-shortcuts-switch]');
  on.checked = localStorage.getItem(SWITCHED_OFF) === null;
  on.addEventListener('change', () =>
    on.checked
      ? localStorage.removeItem(SWITCHED_OFF)
      : localStorage.setItem(SWITCHED_OFF, ''),
  );
  listen(sheet, on);
}

function listen(sheet, on) {
  let begun = '';
  let timer;
  document.addEventListener('keydown', (event) => {
    if (!on.checked || !isShortcut(event)) return;
    clearTimeout(timer);
    const keys = `${begun} ${event.key.toLowerCase()}`.trim();
    const pressed = find((shortcut) => shortcut === keys);
    begun = find((shortcut) => shortcut.startsWith(`${keys} `)) ? keys : '';
    timer = setTimeout(() => (begun = ''), SEQUENCE_MS);
    if (pressed) {
      event.preventDefault();
      press(pressed, sheet);
    }
  });
}

function isShortcut(event) {
  const { key, target, ctrlKey, metaKey, altKey, repeat, isComposing } = event;
  if (event.defaultPrevented || ctrlKey || metaKey || altKey) return false;
  // A Shift on its way to `?` must not end a sequence.
  if (repeat || isComposing || key.length !== 1) return false;
  return !target.closest(FIELDS);
}

/** The sheet stands last in the page, so that what the page itself offers goes before. */
function find(matches) {
  return [...document.querySelectorAll('[data-shortcut]')].find((element) =>
    matches(element.dataset.shortcut),
  );
}

function press(element, sheet) {
  if (element.dataset.opens === sheet.id) {
    toggle(sheet);
    return;
  }
  sheet.close();
  if (element.matches('input')) {
    element.focus();
    element.select();
  } else element.click();
}

function toggle(sheet) {
  if (sheet.open) sheet.close();
  else sheet.showModal();
}
