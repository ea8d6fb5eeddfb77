import { execFileSync } from 'node:child_process';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { median } from './statistics.mjs';

/** Kinds of file systems (`man 2 statfs`); one in memory makes every commit look free. */
const FILE_SYSTEMS = {
  0xef53: 'ext4',
  0x58465342: 'xfs',
  0x9123683e: 'btrfs',
  0x794c7630: 'overlay',
  0x01021994: 'tmpfs (in memory: no commit waits for a disk)',
};
const SYNCS = 50;

/**
 * What a reader needs to know of the machine that numbers were measured on.
 * @param root the folder of the databases.
 */
export function machineFacts(root) {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    system: `${type()} ${release()}`,
    processor: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    disk: `${FILE_SYSTEMS[statfsSync(root).type] ?? 'unknown file system'}, fsync of 4 KB ${syncMilliseconds(root).toFixed(1)} ms`,
    commit: commit(),
  };
}

/** Every commit waits for at least one. */
function syncMilliseconds(root) {
  const file = openSync(join(root, 'fsync'), 'w');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: SYNCS }, () => {
    const begun = performance.now();
    writeSync(file, page);
    fsyncSync(file);
    return performance.now() - begun;
  });
  closeSync(file);
  return median(times);
}

function commit() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}

/** CPU seconds that a process has used, user and system. Linux only; undefined elsewhere. */
export function cpuSeconds(pid) {
  const stat = readProc(pid, 'stat');
  if (stat === undefined) return undefined;
  // Behind the name, which is in parentheses and may hold blanks; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

/** Resident memory of a process in MB; undefined where there is no /proc. */
export function residentMegabytes(pid) {
  const match = /VmRSS:\s+(\d+) kB/.exec(readProc(pid, 'status') ?? '');
  return match === null ? undefined : Number(match[1]) / 1024;
}

const CLOCK_TICKS = 100;

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
