import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readSecretFromStdin } from './read-secret.js';

function terminal(): { input: PassThrough; messages: PassThrough } {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  return { input, messages: new PassThrough() };
}

const shown = (messages: PassThrough): string =>
  String(messages.read() as Buffer);

describe('a secret typed at a terminal', () => {
  it('is asked for, ends with Enter and is not shown', async () => {
    const { input, messages } = terminal();
    const secret = readSecretFromStdin(input, messages);
    // The line is mended with the keys of a terminal.
    for (const typed of ['deniz kenarıx', '\u{7f}', 'nda\r'])
      input.write(typed);
    expect(await secret).toBe('deniz kenarında');
    expect(shown(messages)).toBe('Parola (görünmez): \n');
  });

  it.each([
    ['Enter alone', '\r', 'stdin boş'],
    ['Ctrl-D', '\u{4}', 'stdin boş'],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0x0d]), 'UTF-8'],
  ])('is refused: %s', async (_, typed, reason) => {
    const { input, messages } = terminal();
    const secret = readSecretFromStdin(input, messages);
    input.write(typed);
    await expect(secret).rejects.toThrow(reason);
  });

  it('is given up with Ctrl-C', async () => {
    const { input, messages } = terminal();
    const secret = readSecretFromStdin(input, messages);
    input.write('half\u{3}');
    await expect(secret).rejects.toMatchObject({ message: '', exitCode: 1 });
  });
});

it('a secret from a pipe is asked for nowhere, and all of it is taken', async () => {
  const { input, messages } = { ...terminal(), input: new PassThrough() };
  input.end(' iki\nsatır \r\n');
  expect(await readSecretFromStdin(input, messages)).toBe(' iki\nsatır ');
  expect(messages.read()).toBeNull();
});
