import { execFileSync } from 'node:child_process';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describe, expect, it } from 'vitest';
import { answerExample, curlCall } from './call-example.js';
import type { Operation } from './operations.js';

const DOCUMENT = { openapi: '3.1.0', paths: {} } as unknown as OpenAPIObject;
const BODY = { name: 'Ali’nin "Yeri" \\ $HOME `x`', note: "d'Or" };
const OPERATION: Operation = {
  security: [{ bearer: [] }],
  parameters: [
    {
      name: 'id',
      in: 'path',
      required: true,
      schema: { type: 'string', example: 'a/b' },
    },
    {
      name: 'If-Match',
      in: 'header',
      required: true,
      schema: { type: 'string', example: '"3"' },
    },
    {
      name: 'q',
      in: 'query',
      required: true,
      schema: { type: 'string', example: 'a&b' },
    },
    { name: 'optional', in: 'query', schema: { type: 'string', example: 'x' } },
  ],
  requestBody: { content: { 'application/json': { example: BODY } } },
  responses: {
    200: { description: '', content: { 'text/csv': { example: 'id\n1\n' } } },
  },
};

/** The arguments as a shell would hand them to curl. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }; ${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

describe(curlCall.name, () => {
  it('reaches curl as it is meant, whatever is in the examples', () => {
    const command = curlCall(DOCUMENT, 'put', '/x/{id}', OPERATION, 'http://h');
    const body = JSON.stringify(BODY, null, 2);
    expect(argumentsOf(command)).toEqual([
      '-X',
      'PUT',
      'http://h/x/a%2Fb?q=a%26b',
      '-H',
      'Authorization: Bearer vr_…',
      '-H',
      'If-Match: "3"',
      '-H',
      'Content-Type: application/json',
      '--data-binary',
      body,
    ]);
  });

  it('sends no token where none is asked for', () => {
    const open = { ...OPERATION, security: [], requestBody: undefined };
    expect(curlCall(DOCUMENT, 'get', '/x', open, '')).not.toMatch(
      /Bearer|-X|data/,
    );
  });
});

describe(answerExample.name, () => {
  it('is the text of a success', () => {
    expect(answerExample(OPERATION)).toEqual({
      status: '200',
      text: 'id\n1\n',
    });
    expect(answerExample({ responses: { 204: { description: '' } } })).toBe(
      undefined,
    );
  });
});
