/** Puts a ready-made text into the prompt field. */
export function offerPromptStarts() {
  for (const button of document.querySelectorAll('[data-start]')) {
    button.addEventListener('click', () => useStart(button));
    button.hidden = false;
  }
}

function useStart(button) {
  const { start, into, placeholder, confirm: question } = button.dataset;
  const field = document.getElementById(into);
  const typed = field.value !== field.defaultValue && field.value !== '';
  const untouched = !typed || field.value === field.dataset.startText;
  // A text that was only chosen here can be chosen again; what was typed cannot.
  if (!untouched && !window.confirm(question)) return;
  const businessName = document.getElementById('business_name').value.trim();
  const text = document.getElementById(start).textContent;
  field.value = businessName
    ? text.replaceAll(placeholder, () => businessName)
    : text;
  field.dataset.startText = field.value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
  field.setSelectionRange(0, 0);
  field.scrollTop = 0;
}
