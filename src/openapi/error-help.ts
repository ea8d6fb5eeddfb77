import type {
  ErrorCode,
  FieldErrorCode,
} from '../common/errors/domain.error.js';

/** What the caller can do about each code. */
export interface ErrorHelp {
  errors: Record<ErrorCode, string>;
  fieldErrors: Record<FieldErrorCode, string>;
}
