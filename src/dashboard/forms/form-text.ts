/** A field of a submitted form as text; repeated or missing ones are empty. */
export function formText(form: unknown, name: string): string {
  if (typeof form !== 'object' || form === null) return '';
  const value: unknown = Reflect.get(form, name);
  return typeof value === 'string' ? value : '';
}
