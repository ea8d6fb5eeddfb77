import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type * as FileSystem from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draftOf, FileExistsError, giveName } from './new-file.js';

const links = vi.hoisted(() => ({ fault: undefined as string | undefined }));

// Stands for file systems that have no hard links.
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof FileSystem>();
  return {
    ...fs,
    linkSync: (from: string, to: string) => {
      if (links.fault !== undefined)
        throw Object.assign(new Error(links.fault), { code: links.fault });
      fs.linkSync(from, to);
    },
  };
});

describe(giveName.name, () => {
  let folder: string;
  let name: string;
  let draft: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'new-file-'));
    name = join(folder, 'file');
    draft = draftOf(name);
    writeFileSync(draft, 'whole');
  });

  afterEach(() => {
    links.fault = undefined;
    rmSync(folder, { recursive: true });
  });

  const systems = [
    undefined,
    'EPERM',
    'EOPNOTSUPP',
    'ENOTSUP',
    'ENOSYS',
  ] as const;

  const taken: [string, () => void][] = [
    ['a file', () => writeFileSync(name, 'theirs')],
    ['a folder', () => mkdirSync(name)],
    ['a dangling link', () => symlinkSync(join(folder, 'nowhere'), name)],
    [
      'a link to an empty file',
      () => {
        writeFileSync(join(folder, 'empty'), '');
        symlinkSync(join(folder, 'empty'), name);
      },
    ],
    ['a named pipe', () => execFileSync('mkfifo', [name])],
    ['a device', () => symlinkSync('/dev/null', name)],
  ];

  describe.each(systems)('where links answer %s', (fault) => {
    beforeEach(() => {
      links.fault = fault;
    });

    it('takes a free name and an empty file', () => {
      giveName(draft, name);
      expect(readFileSync(name, 'utf8')).toBe('whole');
      const empty = join(folder, 'empty');
      const another = draftOf(empty);
      writeFileSync(empty, '');
      writeFileSync(another, 'too');
      giveName(another, empty);
      expect(readFileSync(empty, 'utf8')).toBe('too');
    });

    it.each(taken)('does not replace %s', (_, make) => {
      make();
      const before = lstatSync(name).ino;
      const around = readdirSync(folder);

      expect(() => giveName(draft, name)).toThrow(FileExistsError);
      expect(lstatSync(name).ino).toBe(before);
      expect(readdirSync(folder)).toEqual(around);
    });
  });

  it('hands other faults on', () => {
    links.fault = 'EIO';
    expect(() => giveName(draft, name)).toThrow('EIO');
  });
});
