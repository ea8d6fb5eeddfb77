/** A field of a submitted form as text; repeated or missing ones are empty. */
export function formText(form: unknown, name: string): string {
  if (typeof form !== 'object' || form === null) return '';
  const value: unknown = Reflect.get(form, name);
  return typeof value === 'string' ? value : '';
}

/** All values of a field that may be repeated, as checkboxes of one name are; each once. */
export function formTexts(form: unknown, name: string): string[] {
  if (typeof form !== 'object' || form === null) return [];
  const value: unknown = Reflect.get(form, name);
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return [
    ...new Set(
      values.filter((text): text is string => typeof text === 'string'),
    ),
  ];
}
