import type { OpenAPIObject } from '@nestjs/swagger';
import { exampleOf } from './examples.js';
import { answersOf, bodyOf, type Operation } from './operations.js';

type Content = NonNullable<ReturnType<typeof bodyOf>>['content'];

/** A call of an operation as a command for the shell, with the document's own examples. */
export function curlCall(
  document: OpenAPIObject,
  method: string,
  path: string,
  operation: Operation,
  baseUrl: string,
): string {
  const parameters = (operation.parameters ?? []).flatMap((parameter) =>
    '$ref' in parameter || !parameter.required
      ? []
      : [
          {
            ...parameter,
            value: String(exampleOf(document, parameter.schema)),
          },
        ],
  );
  const of = (place: string) =>
    parameters.filter((parameter) => parameter.in === place);
  const filled = of('path').reduce(
    (url, { name, value }) =>
      url.replace(`{${name}}`, encodeURIComponent(value)),
    path,
  );
  const query = new URLSearchParams(
    of('query').map(({ name, value }): [string, string] => [name, value]),
  ).toString();
  const url = `${baseUrl}${filled}${query && `?${query}`}`;
  const body = firstExample(bodyOf(operation)?.content);
  return [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} ${quoted(url)}`,
    ...((operation.security ?? []).length > 0
      ? ["-H 'Authorization: Bearer vr_…'"]
      : []),
    ...of('header').map(
      ({ name, value }) => `-H ${quoted(`${name}: ${value}`)}`,
    ),
    ...(body
      ? [
          `-H ${quoted(`Content-Type: ${body.type}`)}`,
          `--data-binary ${quoted(body.text)}`,
        ]
      : []),
  ].join(' \\\n  ');
}

/** Status and body of an answer to it; undefined when success carries no body. */
export function answerExample(
  operation: Operation,
): { status: string; text: string } | undefined {
  for (const [status, { content }] of answersOf(operation)) {
    const example = firstExample(content);
    if (status.startsWith('2') && example !== undefined)
      return { status, text: example.text };
  }
  return undefined;
}

function firstExample(
  content: Content | undefined,
): { type: string; text: string } | undefined {
  const [first] = Object.entries(content ?? {});
  if (first === undefined) return undefined;
  const [type, { example, examples = {} }] = first;
  const [shown = { value: example as unknown }] = Object.values(examples);
  if (!('value' in shown) || shown.value === undefined) return undefined;
  return {
    type,
    text:
      typeof shown.value === 'string'
        ? shown.value
        : // Any other kind of JSON has a line for each value.
          JSON.stringify(
            shown.value,
            null,
            type === 'application/json' ? 2 : undefined,
          ),
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
