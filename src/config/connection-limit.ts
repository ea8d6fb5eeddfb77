import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Where the system does not tell, as on macOS. */
const USUAL_OPEN_FILES = 1_024;
const MAX_CONNECTIONS = 10_000;
/** For the database, its journal, modules, templates, assets and logs. */
const FILES_OF_THE_PROCESS = 80;
/** Event loop, pipes and the files of its modules while they load. */
const FILES_OF_A_WORKER = 16;

/**
 * @returns how many connections may be open at once, so that files are left for all else: a process that has none cannot even
 * start a worker.
 */
export function connectionLimit(openFiles = openFilesLimit()): number {
  const reserve =
    FILES_OF_THE_PROCESS + FILES_OF_A_WORKER * availableParallelism();
  // Where there is not enough for both, half of it.
  const left = Math.max(openFiles - reserve, Math.floor(openFiles / 2));
  return Math.min(left, MAX_CONNECTIONS);
}

/** The soft limit, which Node has raised as far as it may. See proc(5), `/proc/pid/limits`. */
function openFilesLimit(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const soft = /^Max open files\s+(\d+|unlimited)/m.exec(limits)?.[1];
    if (soft === undefined) return USUAL_OPEN_FILES;
    return soft === 'unlimited' ? Infinity : Number(soft);
  } catch {
    return USUAL_OPEN_FILES;
  }
}
