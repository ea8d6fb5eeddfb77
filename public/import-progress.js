import { renew } from './swap.js';

const INTERVAL_MS = 1000;

/** Keeps the page of an import up to date until it has ended. */
export function followImport() {
  const region = document.getElementById('import');
  if (region && 'poll' in region.dataset)
    setTimeout(() => void follow(region), INTERVAL_MS);
}

async function follow(region) {
  try {
    const page = await renew(region, location.href);
    const { poll, news } =
      page?.getElementById('import').dataset ?? region.dataset;
    if (poll === undefined) {
      document.getElementById('import-news').textContent = news;
      return;
    }
  } catch {
    // Away for the moment; the next try may find it again.
  }
  setTimeout(() => void follow(region), INTERVAL_MS);
}
