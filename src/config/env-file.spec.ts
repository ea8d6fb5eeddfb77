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
