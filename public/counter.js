/** Shows how many characters a text has, counted as the server does: code points, line ends as one. */
export function countCharacters() {
  for (const counter of document.querySelectorAll('[data-counter-of]')) {
    const field = document.getElementById(counter.dataset.counterOf);
    const max = Number(counter.dataset.max);
    const format = new Intl.NumberFormat(document.documentElement.lang);
    const update = () => {
      const count = [...field.value].length;
      counter.textContent = counter.dataset.text
        .replace('{count}', format.format(count))
        .replace('{max}', format.format(max));
      counter.classList.toggle('app-counter-over', count > max);
    };
    field.addEventListener('input', update);
    counter.hidden = false;
    update();
  }
}
