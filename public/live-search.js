import { renew, replace } from './swap.js';

const DEBOUNCE_MS = 200;

/** A filter form that renews its results while one types, by the very page that it would lead to. */
export function searchAsYouType() {
  const form = document.querySelector('form[data-live]');
  if (!form) return;
  let timer;
  let running;
  const update = async () => {
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    await show(form, addressOf(form), running.signal);
  };
  form.addEventListener('input', (event) => {
    clearTimeout(timer);
    if (!event.isComposing)
      timer = setTimeout(
        () => void update(),
        event.target.matches('select') ? 0 : DEBOUNCE_MS,
      );
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void update();
  });
  if (location.hash === '#search') form.elements.search.focus();
}

/** The form's own address, without the fields that ask for nothing. */
function addressOf(form) {
  const asked = [...new FormData(form)].filter(([, value]) => value !== '');
  const query = new URLSearchParams(asked);
  return query.size === 0 ? form.action : `${form.action}?${query}`;
}

async function show(form, address, signal) {
  const results = document.getElementById(form.dataset.live);
  const count = document.getElementById('count');
  results.setAttribute('aria-busy', 'true');
  try {
    const page = await renew(results, address, signal);
    if (!page) return;
    count.textContent = page.getElementById('count').textContent;
    replace(document.getElementById('exports'), page);
    stayHere(address);
  } catch {
    if (!signal.aborted) count.textContent = form.dataset.failed;
  } finally {
    if (!signal.aborted) results.removeAttribute('aria-busy');
  }
}

/** A reload, and the language switch, lead back to what is shown. */
function stayHere(address) {
  history.replaceState(null, '', address);
  const { pathname, search } = location;
  for (const field of document.querySelectorAll('input[name=back]'))
    field.value = pathname + search;
}
