import { ValidateBy } from 'class-validator';

/**
 * Runs a parser or rule over a variable's text.
 * The rule throws an Error whose message says, in Turkish and without the value, what is wrong.
 */
export function Check(rule: (value: string) => unknown): PropertyDecorator {
  const reasonFor = (value: unknown): string | undefined => {
    if (typeof value !== 'string') return 'eksik';
    try {
      rule(value);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : 'geçersiz';
    }
  };
  return ValidateBy({
    name: 'check',
    validator: {
      validate: (value: unknown) => reasonFor(value) === undefined,
      defaultMessage: (args) => reasonFor(args?.value) ?? 'geçersiz',
    },
  });
}
