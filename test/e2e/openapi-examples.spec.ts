import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ERROR_STATUSES,
  type ErrorCode,
} from '../../src/common/errors/domain.error.js';
import { messages } from '../../src/common/i18n/messages.js';
import { descriptionIn } from '../../src/openapi/description-texts.js';
import { exampleOf } from '../../src/openapi/examples.js';
import { answersOf, bodyOf, codesOf } from '../../src/openapi/operations.js';
import { ApiClient } from '../helpers/api-client.js';
import { TestApp } from '../helpers/test-app.js';

describe('the examples and texts of the OpenAPI document', () => {
  let app: TestApp;
  let client: ApiClient;
  let shared: Record<string, { value?: unknown }>;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app);
    // `addExamples` writes no references into this list.
    shared = (client.contract.document.components?.examples ??
      {}) as typeof shared;
  });
  afterAll(() => app.stop());

  /** Every body of every operation: where it is, its schema, and the values of its examples. */
  const bodies = () =>
    client.contract.operations.flatMap(({ method, path, operation }) =>
      [
        bodyOf(operation)?.content,
        ...answersOf(operation).map(([, { content }]) => content),
      ]
        .flatMap((content) => Object.entries(content ?? {}))
        .map(([type, { schema = {}, example, examples }]) => ({
          place: `${method} ${path} ${type}`,
          schema,
          values: examples
            ? Object.values(examples).map((one) =>
                '$ref' in one
                  ? shared[one.$ref.replace(/.*\//, '')]?.value
                  : (one.value as unknown),
              )
            : [example as unknown],
        })),
    );

  it('show every body, valid by its schema', () => {
    const faults = bodies().flatMap(({ place, schema, values }) =>
      values.length === 0
        ? [`${place}: no example`]
        : values.flatMap((value) =>
            value === undefined
              ? [`${place}: no example`]
              : client.contract
                  .faultsOf(schema, value)
                  .map((fault) => `${place}: ${fault}`),
          ),
    );
    expect(faults).toEqual([]);
    expect(bodies().length).toBeGreaterThan(60);
  });

  it('show each error code of an answer, under its status', () => {
    let codes = 0;
    for (const { operation } of client.contract.operations)
      for (const [status, answer] of answersOf(operation)) {
        const problem = answer.content?.['application/problem+json'];
        expect(Object.keys(problem?.examples ?? {})).toEqual(codesOf(answer));
        for (const code of codesOf(answer)) {
          expect(ERROR_STATUSES[code]).toBe(Number(status));
          codes += 1;
        }
      }
    expect(codes).toBeGreaterThan(60);
  });

  it('show errors as the application answers them', async () => {
    const problems = Object.values(shared).map(
      ({ value }) => value as { code: ErrorCode },
    );
    expect(problems.length).toBeGreaterThan(10);
    for (const problem of problems)
      expect(problem).toMatchObject(messages('tr').errors[problem.code]);
    const token = await app.token();
    const answers = [
      await client.get('/api/tenants/0', { token }),
      await client.get('/api/tenants?limit=0', { token }),
      await client.get('/api/tenants', { token: null }),
    ];
    for (const { problem } of answers)
      expect(problems).toContainEqual({
        ...problem,
        request_id: expect.any(String) as string,
      });
  });

  it('are there for each property and parameter, and each parameter has a meaning', () => {
    const { document, operations } = client.contract;
    const properties = Object.entries(
      document.components?.schemas ?? {},
    ).flatMap(([name, schema]) =>
      Object.entries(('properties' in schema && schema.properties) || {}).map(
        ([property, inner]) => ({ place: `${name}.${property}`, inner }),
      ),
    );
    const parameters = operations.flatMap(({ method, path, operation }) =>
      (operation.parameters ?? []).flatMap((parameter) =>
        '$ref' in parameter
          ? []
          : [{ place: `${method} ${path} ${parameter.name}`, ...parameter }],
      ),
    );
    expect(properties.length).toBeGreaterThan(30);
    expect(parameters.length).toBeGreaterThan(8);
    expect([
      ...properties.filter(
        ({ inner }) => exampleOf(document, inner) === undefined,
      ),
      ...parameters.filter(
        ({ schema, description }) =>
          !description || exampleOf(document, schema) === undefined,
      ),
    ]).toEqual([]);
  });

  it('are in Turkish, too, for the page', () => {
    const texts: string[] = [];
    const collect = (key: string, value: unknown) => {
      if (/^(?:summary|description)$/.test(key) && typeof value === 'string')
        texts.push(value);
      return value;
    };
    JSON.stringify({ ...client.contract.document, info: {} }, collect);
    expect(texts.length).toBeGreaterThan(50);
    const untranslated = texts.filter(
      (text) =>
        descriptionIn('tr', text) === text &&
        // What is code or a standard's name is the same in every language.
        /\p{L}{2}/u.test(text.replaceAll(/`[^`]*`|^RFC .*$/g, '')),
    );
    expect(untranslated).toEqual([]);
  });
});
