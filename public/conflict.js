/** Whoever changes a text means that text: its choice is ticked. */
export function chooseWhatIsTyped() {
  for (const choice of document.querySelectorAll('[data-chosen-by]'))
    document
      .getElementById(choice.dataset.chosenBy)
      .addEventListener('input', () => (choice.checked = true));
}
