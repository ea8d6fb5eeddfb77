import fs from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { UnavailableError } from '../../src/common/errors/common.errors.js';
import { toDomainError } from '../../src/http/errors/to-domain-error.js';
import { sendRequest } from '../helpers/send-request.js';
import { TestApp } from '../helpers/test-app.js';

describe('where no file can be opened', () => {
  it('pages need none, though none has been shown before', async () => {
    const app = await TestApp.start();
    onTestFinished(() => app.stop());
    const read = vi.spyOn(fs, 'readFile');
    onTestFinished(() => read.mockRestore());
    const statuses: number[] = [];
    for (const path of ['/login', '/api/docs'])
      statuses.push((await sendRequest(app.url, { path })).status);

    expect(statuses).toEqual([200, 200]);
    const templates = read.mock.calls.filter(([file]) =>
      String(file).endsWith('.hbs'),
    );
    expect(templates).toEqual([]);
  });

  it.each(['EMFILE', 'ENFILE'])('%s is no fault of the inside', (code) => {
    const error = Object.assign(new Error('open'), { code, status: 500 });
    expect(toDomainError(error)).toBeInstanceOf(UnavailableError);
  });
});
