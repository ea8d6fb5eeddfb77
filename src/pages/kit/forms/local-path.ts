/** One of our own pages; `//host` and `/\\host` would lead elsewhere. */
const LOCAL_PATH = /^\/(?![/\\])[\w\-./]*(?:\?[\w\-.=&:%+*]*)?$/;

/** Where a form says that it came from; the list of tenants when that is no page of ours. */
export function localPath(text: string): string {
  return LOCAL_PATH.test(text) ? text : '/';
}
