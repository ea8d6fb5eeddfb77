import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  makeWorkspace,
  removeWorkspace,
} from '../../test/helpers/workspace.js';
import { parseDatabaseUrl } from './database-url.js';

const folder = makeWorkspace();
writeFileSync(join(folder, 'a-file'), '');
mkdirSync(join(folder, 'a-folder'));

afterAll(() => removeWorkspace(folder));

describe(parseDatabaseUrl.name, () => {
  it.each([
    ['sqlite:///./randevu.db', resolve('randevu.db')],
    ['sqlite:///randevu.db', resolve('randevu.db')],
    [`sqlite:///${folder}/randevu.db`, `${folder}/randevu.db`],
    [`sqlite:///${folder}/with blank ğ.db`, `${folder}/with blank ğ.db`],
    [`sqlite+pysqlite:///${folder}/x.db`, `${folder}/x.db`],
    [`sqlite:///${folder}/x.db?timeout=5`, `${folder}/x.db`],
    [`sqlite:///${folder}/a-file`, `${folder}/a-file`],
  ])('reads %s', (url, path) => {
    expect(parseDatabaseUrl(url)).toEqual({ type: 'sqlite', path });
  });

  it.each([
    '',
    'randevu.db',
    'sqlite://randevu.db',
    'sqlite:randevu.db',
    'SQLITE:///x.db',
    'mysql://root@localhost/x',
    'sqlite:///',
    'sqlite://',
    'sqlite:///:memory:',
    'sqlite:///.',
    'sqlite:///..',
    `sqlite:///${folder}/`,
    `sqlite:///${folder}/a-folder`,
    `sqlite:///${folder}/missing/x.db`,
    `sqlite:///${folder}/a-file/x.db`,
    `sqlite:///${folder}/a-file/below/x.db`,
    `sqlite:///${folder}/${'x'.repeat(300)}`,
    'postgresql://user:gizli@localhost/db',
    'postgresql+asyncpg://user:gizli@localhost/db',
  ])('refuses %s without repeating it', (url) => {
    const message = refusal(() => parseDatabaseUrl(url));

    expect(message).not.toBe('');
    expect(message).not.toContain(folder);
    expect(message).not.toMatch(/gizli|localhost|x{20}|ENOTDIR|ENAMETOOLONG/);
  });
});

function refusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error('it was not refused');
}
