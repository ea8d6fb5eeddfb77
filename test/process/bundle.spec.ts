import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRequest } from '../helpers/send-request.js';
import { projectPath } from '../helpers/paths.js';
import {
  run,
  Service,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import {
  makeWorkspace,
  removeWorkspace,
  workspaceForTest,
} from '../helpers/workspace.js';

interface Manifest {
  dependencies: Record<string, string>;
}

/** The packages that Node's own debug output names after these words, each once. */
function packagesAfter(words: string, output: string): string[] {
  const named = new RegExp(
    `${words}.*?/node_modules/((?:@[^/]+/)?[^/"]+)`,
    'g',
  );
  return [...new Set([...output.matchAll(named)].map(([, name = '']) => name))];
}

it('requires CommonJS without reading it for names, and has one class-validator', async () => {
  const { dependencies } = JSON.parse(
    readFileSync(projectPath('package.json'), 'utf8'),
  ) as Manifest;
  const folder = workspaceForTest();
  const env = {
    NODE_ENV: 'production',
    ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
    SECRET_KEY: TEST_SECRET_KEY,
    NODE_DEBUG: 'esm,module',
  };
  await run('cli.js', ['db', 'migrate'], folder, env);
  const { code, stderr } = await run('cli.js', ['token', 'list'], folder, env);
  expect(code).toBe(0);
  const loaded = packagesAfter('MODULE \\d+: load "', stderr);
  expect(loaded).toEqual(expect.arrayContaining(['typeorm', 'express']));
  expect(loaded).not.toContain('class-validator');
  const read = packagesAfter('Translating CJSModule', stderr);
  // It has to have run before the first decorator.
  expect(read.filter((name) => name in dependencies)).toEqual([
    'reflect-metadata',
  ]);
});

describe('what is called for its errors alone', () => {
  const folder = makeWorkspace();
  let service: Service;

  beforeAll(async () => {
    service = await Service.start(folder);
  });
  afterAll(async () => {
    await service.stop();
    removeWorkspace(folder);
  });

  it('refuses bytes of a form that are not UTF-8', async () => {
    const answer = await sendRequest(service.url, {
      method: 'POST',
      path: '/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'username=%ff&password=x',
    });
    expect(answer.status).toBe(400);
  });

  it.each(['/api/%zz', '/api/tenants/%c3'])(
    'takes %s as any other path of the API',
    async (path) => {
      const answer = await sendRequest(service.url, { path });
      expect([answer.status, answer.problem.code]).toEqual([
        401,
        'UNAUTHENTICATED',
      ]);
    },
  );
});
