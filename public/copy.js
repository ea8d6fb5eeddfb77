const SHOWN_MS = 2000;

/** Buttons that copy the text of another element. Browsers allow it only over https and on localhost. */
export function offerCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', () => void copy(button));
    button.hidden = false;
  }
}

async function copy(button) {
  const label = button.querySelector('span');
  const original = (button.dataset.label ??= label.textContent);
  await navigator.clipboard.writeText(
    document.getElementById(button.dataset.copy).textContent,
  );
  label.textContent = button.dataset.copied;
  setTimeout(() => {
    label.textContent = original;
  }, SHOWN_MS);
}
