import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder, removed by `removeWorkspace`. */
export function makeWorkspace(): string {
  return mkdtempSync(join(tmpdir(), 'sanal-resepsiyonist-'));
}

export function removeWorkspace(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** An empty folder for the running test. */
export function workspaceForTest(): string {
  const folder = makeWorkspace();
  onTestFinished(() => removeWorkspace(folder));
  return folder;
}
