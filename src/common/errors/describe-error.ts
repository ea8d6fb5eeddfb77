/** What may be logged of an error. */
export interface ErrorDescription {
  name: string;
  code?: string;
  /** Where it came from: stack frames without the message, which may quote input, SQL parameters or secrets. */
  at: string[];
  cause?: ErrorDescription;
}

const MAX_FRAMES = 12;

export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  const cause: unknown =
    error.cause ?? ('driverError' in error ? error.driverError : undefined);
  return {
    name: error.name,
    ...('code' in error &&
      typeof error.code === 'string' && { code: error.code }),
    at: frames.slice(0, MAX_FRAMES).map((line) => line.trim()),
    ...(cause instanceof Error && { cause: describeError(cause) }),
  };
}
