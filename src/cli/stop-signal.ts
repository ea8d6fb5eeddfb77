/**
 * Aborted when the operator wants the command to stop (Ctrl-C): it ends what it has begun and says what is left.
 * The second time the process ends at once.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => stop.abort());
  return stop.signal;
}
