import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import {
  getMetadataStorage,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { ValidationFailedError } from '../errors/common.errors.js';
import type { FieldError } from '../errors/domain.error.js';
import type { RuleContext } from './rules.js';

/** Where several rules of a field fail, the one that helps most is told. */
const PRECEDENCE: readonly string[] = [
  'REQUIRED',
  'WRONG_TYPE',
  'INVALID_CHARACTERS',
  'TOO_SHORT',
  'TOO_LONG',
  'OUT_OF_RANGE',
  'INVALID_FORMAT',
];
const MAX_UNKNOWN_FIELDS = 20;
const MAX_NAMED_FIELD_LENGTH = 64;

export interface ValidationPolicy {
  /** What becomes of fields that the DTO does not declare. */
  unknown: 'refuse' | 'ignore';
}

/** What a DTO class may say of its own validation. */
export interface DtoClass<T extends object = object> extends Type<T> {
  /** Undeclared fields that are dropped even where unknown ones are refused. */
  ignoredFields?: readonly string[];
  /** Its fields' rules are checked by a service, by `ruleFaults`. */
  rulesCheckedLater?: boolean;
}

/**
 * Checks a parsed body or query against a DTO class and gives its instance.
 * Only declared fields are copied, so neither `__proto__` nor anything else unknown reaches an object of ours.
 * @throws ValidationFailedError with every bad field.
 */
export function validateDto<T extends object>(
  type: DtoClass<T>,
  input: unknown,
  policy: ValidationPolicy,
): T {
  if (!isPlainObject(input))
    throw new ValidationFailedError([
      { pointer: '', code: input === undefined ? 'REQUIRED' : 'WRONG_TYPE' },
    ]);
  const fields = declaredFields(type);
  const known = Object.fromEntries(
    fields
      .filter((name) => Object.hasOwn(input, name))
      .map((name) => [name, withoutInside(input[name])]),
  );
  const dto = plainToInstance(type, known, { exposeDefaultValues: true });
  const allowed = new Set([...fields, ...(type.ignoredFields ?? [])]);
  const unknown =
    policy.unknown === 'ignore'
      ? []
      : Object.keys(input).filter((name) => !allowed.has(name));
  // A refusal that is certain names all that is wrong, and not only what is wrong first.
  const checkRules = !type.rulesCheckedLater || unknown.length > 0;
  const faults = [
    ...(checkRules ? ruleFaults(dto) : []),
    ...unknown.slice(0, MAX_UNKNOWN_FIELDS).map(unknownField),
  ];
  if (faults.length > 0) throw new ValidationFailedError(faults);
  return dto;
}

/** The faults of a DTO instance, one for each bad field. */
export function ruleFaults(dto: object): FieldError[] {
  return validateSync(dto, { forbidUnknownValues: false }).map(toFieldError);
}

function toFieldError({
  property,
  contexts = {},
  constraints = {},
}: ValidationError): FieldError {
  const failed = Object.keys(constraints).toSorted(
    (a, b) => PRECEDENCE.indexOf(a) - PRECEDENCE.indexOf(b),
  );
  // `ValueRule` makes every rule and gives it this context.
  const { code, params } = contexts[failed[0] ?? ''] as RuleContext;
  return { pointer: `/${property}`, code, params };
}

function unknownField(name: string): FieldError {
  const pointer =
    name.length > MAX_NAMED_FIELD_LENGTH || !name.isWellFormed()
      ? ''
      : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { pointer, code: 'UNKNOWN_FIELD' };
}

/** No field holds an object, and class-transformer would call the `constructor` that one brings along. */
function withoutInside(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? [] : value;
}

const declared = new WeakMap<Type<object>, readonly string[]>();

function declaredFields(type: Type<object>): readonly string[] {
  const known = declared.get(type);
  if (known !== undefined) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(
    type,
    '',
    false,
    false,
  );
  const fields = [...new Set(rules.map(({ propertyName }) => propertyName))];
  declared.set(type, fields);
  return fields;
}

function isPlainObject(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
