import { renew } from './swap.js';

const INTERVAL_MS = 1000;

/** Keeps the page of an import up to date until it is finished. */
export function followImport() {
  const region = document.getElementById('import');
  if (region && 'poll' in region.dataset)
    setTimeout(() => void follow(region), INTERVAL_MS);
}

async function follow(region) {
  try {
    const page = await renew(region, location.href);
    if (page && !('poll' in page.getElementById('import').dataset)) {
      const news = document.getElementById('import-news');
      news.textContent = news.dataset.finished;
      return;
    }
  } catch {
    // Away for the moment; the next try may find it again.
  }
  setTimeout(() => void follow(region), INTERVAL_MS);
}
