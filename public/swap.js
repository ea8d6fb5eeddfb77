/**
 * Fetches a page of ours and puts a region of it in the place of the one that is shown.
 * @returns the fetched page; undefined when it leads elsewhere, as to the sign-in: then the browser goes there.
 */
export async function renew(region, address, signal) {
  const answer = await fetch(address, { signal });
  if (answer.redirected) {
    location.assign(address);
    return undefined;
  }
  if (!answer.ok) throw new Error(answer.statusText);
  const html = await answer.text();
  signal?.throwIfAborted();
  const page = new DOMParser().parseFromString(html, 'text/html');
  replace(region, page);
  return page;
}

/** Puts what a region has in another page in the place of what it has in this one. */
export function replace(region, page) {
  region.replaceChildren(...page.getElementById(region.id).childNodes);
}
