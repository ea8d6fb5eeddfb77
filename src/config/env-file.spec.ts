import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { workspaceForTest } from '../../test/helpers/workspace.js';
import { FileExistsError } from '../common/new-file.js';
import { ConfigError } from './config.error.js';
import { envFilePath, readEnvironment, writeEnvFile } from './env-file.js';

beforeEach(() => {
  const folder = workspaceForTest();
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe(readEnvironment.name, () => {
  it('reads names in lower case, a byte order mark and Windows line ends', () => {
    writeFileSync(
      envFilePath(),
      '\uFEFFapp_name=Birinci\r\nDatabase_Url="sqlite:///x.db"\r\n',
    );

    expect(readEnvironment()).toMatchObject({
      APP_NAME: 'Birinci',
      DATABASE_URL: 'sqlite:///x.db',
    });
  });

  it('lets the process environment win where it holds something', () => {
    writeFileSync(envFilePath(), 'APP_NAME=File\nHOST=::1\n');
    vi.stubEnv('APP_NAME', 'Process');
    vi.stubEnv('HOST', '');

    expect(readEnvironment()).toMatchObject({
      APP_NAME: 'Process',
      HOST: '::1',
    });
  });

  it.each([
    ['in lower case', { database_url: 'sqlite:///x.db' }],
    ['in mixed case', { Database_Url: 'sqlite:///x.db' }],
    [
      'beside the upper-case one, which wins',
      { database_url: 'sqlite:///y.db', DATABASE_URL: 'sqlite:///x.db' },
    ],
    [
      'beside an empty upper-case one',
      { database_url: 'sqlite:///x.db', DATABASE_URL: '' },
    ],
  ])('reads a name of the process environment %s', (_, variables) => {
    writeFileSync(envFilePath(), 'DATABASE_URL=sqlite:///file.db\n');
    for (const [name, value] of Object.entries(variables))
      vi.stubEnv(name, value);

    expect(readEnvironment().DATABASE_URL).toBe('sqlite:///x.db');
  });

  it('reads the names of secret files in any case', () => {
    vi.stubEnv('encryption_key_file', '/run/secrets/key');

    expect(readEnvironment().ENCRYPTION_KEY_FILE).toBe('/run/secrets/key');
  });

  it('fills in from the file and the process environment', () => {
    writeFileSync(
      envFilePath(),
      'NAME=randevu#2\nDATABASE_URL=sqlite:///./${NAME}.${SUFFIX}\n',
    );
    vi.stubEnv('SUFFIX', 'db');

    expect(readEnvironment().DATABASE_URL).toBe('sqlite:///./randevu#2.db');
  });

  it('refuses values that double with each line, by name', () => {
    const lines = Array.from(
      { length: 30 },
      (_, index) => `X${index + 1}=\${X${index}}\${X${index}}`,
    );
    writeFileSync(envFilePath(), `X0=ab\n${lines.join('\n')}`);

    expect(readEnvironment).toThrow(/ {2}X\d+: .*çok uzuyor/);
  });

  it('needs no file', () => {
    vi.stubEnv('APP_NAME', 'Process');

    expect(readEnvironment().APP_NAME).toBe('Process');
  });

  it('names an unreadable file', () => {
    mkdirSync(envFilePath());

    expect(readEnvironment).toThrow(ConfigError);
  });
});

describe(writeEnvFile.name, () => {
  it('writes a file that only its owner reads, and nothing beside it', () => {
    const file = writeEnvFile({ SECRET_KEY: 'a', ENCRYPTION_KEY: 'b=' });

    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(process.cwd())).toEqual(['.env']);
    expect(readEnvironment()).toMatchObject({
      SECRET_KEY: 'a',
      ENCRYPTION_KEY: 'b=',
    });
  });

  it('never changes a file that is there', () => {
    writeFileSync(envFilePath(), 'KEEP=1\n');

    expect(() => writeEnvFile({ SECRET_KEY: 'a' })).toThrow(FileExistsError);
    expect(readFileSync(envFilePath(), 'utf8')).toBe('KEEP=1\n');
    expect(readdirSync(process.cwd())).toEqual(['.env']);
    expect(existsSync(envFilePath())).toBe(true);
  });
});
