/** Rows that are ticked to be dealt with together. Listens at the document, because the rows come and go with a search. */
export function countSelection() {
  update();
  document.addEventListener('change', ({ target }) => {
    const form = target.closest('form[data-selection]');
    if (!form) return;
    if (target.closest('[data-select-all]'))
      for (const box of boxesOf(form)) box.checked = target.checked;
    update();
  });
  // Ticks that the browser keeps over a reload or a way back.
  addEventListener('pageshow', update);
  const results = document.getElementById('results');
  if (results)
    new MutationObserver(update).observe(results, { childList: true });
}

function update() {
  const form = document.querySelector('form[data-selection]');
  if (!form) return;
  const boxes = boxesOf(form);
  const chosen = boxes.filter((box) => box.checked).length;
  const all = form.querySelector('[data-select-all]');
  const count = form.querySelector('[data-selected]');
  all.hidden = false;
  Object.assign(all.querySelector('input'), {
    checked: chosen === boxes.length,
    indeterminate: chosen > 0 && chosen < boxes.length,
  });
  count.hidden = chosen === 0;
  count.textContent =
    chosen === 0 ? '' : count.dataset.selected.replace('{count}', chosen);
  form.querySelector('[data-selection-actions]').hidden = chosen === 0;
}

function boxesOf(form) {
  return [...form.querySelectorAll('input[name=id]')];
}
