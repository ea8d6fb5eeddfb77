import { BodyTooLargeError } from '../../../common/errors/common.errors.js';
import { formTexts } from '../../kit/forms/form-text.js';

const MOST = 500;
const CANONICAL = /^[1-9]\d{0,14}$/;

/**
 * The ids of the rows that are ticked, each once; what is no id is left out.
 * @throws BodyTooLargeError for more than a list can show.
 */
export function selectedIds(form: unknown): number[] {
  const ids = formTexts(form, 'id').filter((text) => CANONICAL.test(text));
  if (ids.length > MOST) throw new BodyTooLargeError();
  return ids.map(Number);
}
