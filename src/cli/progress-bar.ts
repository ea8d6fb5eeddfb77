const WIDTH = 30;

/** Draws on stderr where a person looks at it; elsewhere says nothing. */
export function progressBar(): (processed: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (processed, total) => {
    const share = total === 0 ? 1 : Math.min(1, processed / total);
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
    process.stderr.write(
      `\r${bar} ${processed}/${total}${share === 1 ? '\n' : ''}`,
    );
  };
}
