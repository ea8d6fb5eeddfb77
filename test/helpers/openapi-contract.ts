import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer } from './answer.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type DocumentedResponse = Exclude<
  NonNullable<Operation['responses'][string]>,
  { $ref: string }
>;

const DOCUMENT_ID = 'https://openapi.test/';
/** What may be answered where the document describes no operation: the path or the method does not exist. */
const UNDOCUMENTED = new Set([
  400, 401, 404, 405, 408, 413, 415, 417, 429, 431, 500, 503,
]);
const PROBLEM = '#/components/schemas/ProblemDetailsDto';
/** What HTTP itself and the rules of all answers bring along; every other header is the document's to name. */
const COMMON_HEADERS =
  /^(?:date|connection|keep-alive|transfer-encoding|content-(?:type|length|language|encoding)|vary|cache-control|x-request-id|x-content-type-options|x-frame-options|referrer-policy|origin-agent-cluster|x-dns-prefetch-control|strict-transport-security|content-security-policy|cross-origin-(?:opener|resource)-policy)$/;
/** What comes with a status where the document describes no operation. */
const HEADERS_OF_STATUS: Record<number, readonly string[] | undefined> = {
  401: ['www-authenticate'],
  405: ['allow'],
  429: ['retry-after'],
  503: ['retry-after'],
};

/** Checks answers against the service's own OpenAPI document. */
export class OpenApiContract {
  readonly #ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(readonly document: OpenAPIObject) {
    addFormats.default(this.#ajv);
    this.#ajv.addVocabulary(['example', 'components']);
    const { schemas = {} } = document.components ?? {};
    this.#ajv.addSchema(
      { components: { schemas: closed(schemas) } },
      DOCUMENT_ID,
    );
  }

  /** Template, method and description of every operation. */
  get operations(): { path: string; method: string; operation: Operation }[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter((entry): entry is [string, Operation] => isOperation(entry[1]))
        .map(([method, operation]) => ({ path, method, operation })),
    );
  }

  /** @throws Error when the answer is not as documented. */
  check(method: string, path: string, answer: Answer): void {
    const faults = this.#faults(method, path, answer);
    if (faults.length > 0)
      throw new Error(
        `${method} ${path} → ${answer.status} is not as documented:\n${faults.join('\n')}\n${answer.text.slice(0, 1_000)}`,
      );
  }

  #faults(method: string, path: string, answer: Answer): string[] {
    const operation = this.#operation(method, path);
    if (operation === undefined) return this.#faultsOfUnknown(answer);
    const response = operation.responses[String(answer.status)];
    if (response === undefined || '$ref' in response)
      return [`status ${answer.status} is not documented`];
    return [
      ...missingHeaders(response, answer),
      ...undocumentedHeaders(Object.keys(response.headers ?? {}), answer),
      ...(method === 'HEAD'
        ? emptyBody(answer)
        : this.#bodyFaults(response, answer)),
    ];
  }

  #operation(method: string, path: string): Operation | undefined {
    const pathname = path.split('?')[0]?.replace(/(?<=.)\/$/, '') ?? '';
    const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
    const matching = this.operations.filter(
      (candidate) =>
        candidate.method === wanted && pattern(candidate.path).test(pathname),
    );
    // `/tenants/bin` rather than `/tenants/{id}`.
    return (
      matching.find(({ path: template }) => !template.includes('{')) ??
      matching[0]
    )?.operation;
  }

  #faultsOfUnknown(answer: Answer): string[] {
    if (!UNDOCUMENTED.has(answer.status))
      return [`status ${answer.status} where there is no operation`];
    const allowed = HEADERS_OF_STATUS[answer.status] ?? [];
    return [
      ...undocumentedHeaders(allowed, answer),
      ...(answer.text === ''
        ? []
        : this.#contentFaults(
            'application/problem+json',
            { $ref: PROBLEM },
            answer,
          )),
    ];
  }

  #bodyFaults(response: DocumentedResponse, answer: Answer): string[] {
    const contents = Object.entries(response.content ?? {});
    const sent = answer.header('content-type')?.split(';')[0];
    const content = contents.find(([type]) => type === sent) ?? contents[0];
    if (content === undefined) return emptyBody(answer);
    const [type, { schema }] = content;
    const codes = response.description.matchAll(/`([A-Z_]+)`/g);
    const documented = [...codes].map(([, code]) => code);
    return [
      ...this.#contentFaults(type, schema, answer),
      ...(type === 'application/problem+json' &&
      !documented.includes(answer.problem.code)
        ? [`code ${answer.problem.code} is not documented for this status`]
        : []),
    ];
  }

  #contentFaults(
    type: string,
    schema: object | undefined,
    answer: Answer,
  ): string[] {
    const sent = answer.header('content-type');
    if (sent !== `${type}; charset=utf-8`)
      return [`Content-Type is ${sent}, documented is ${type}`];
    if (schema === undefined || !type.endsWith('json')) return [];
    const values = type.endsWith('ndjson') ? answer.lines : [answer.json];
    return values.flatMap((value) => this.faultsOf(schema, value));
  }

  /** What is wrong with a value by a schema of the document. */
  faultsOf(schema: object, value: unknown): string[] {
    const validate = this.#validator(schema);
    return validate(value)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message }) => `${instancePath} ${message}`,
        );
  }

  #validator(schema: object): ValidateFunction {
    const key = JSON.stringify(schema);
    const validator =
      this.#validators.get(key) ??
      this.#ajv.compile(
        JSON.parse(
          key.replaceAll('"#/components/', `"${DOCUMENT_ID}#/components/`),
        ) as object,
      );
    this.#validators.set(key, validator);
    return validator;
  }
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'responses' in value;
}

function pattern(template: string): RegExp {
  return new RegExp(
    `^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`,
  );
}

/** Nothing may come out that the document does not name. */
function closed(schemas: object): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]: [string, object]) => [
      name,
      'additionalProperties' in schema
        ? schema
        : { ...schema, additionalProperties: false },
    ]),
  );
}

function missingHeaders(
  { headers = {} }: DocumentedResponse,
  answer: Answer,
): string[] {
  return Object.entries(headers)
    .filter(
      ([name, header]) =>
        !('required' in header && header.required === false) &&
        answer.header(name) === undefined,
    )
    .map(([name]) => `header ${name} is documented and missing`);
}

function undocumentedHeaders(
  documented: readonly string[],
  answer: Answer,
): string[] {
  const known = new Set(documented.map((name) => name.toLowerCase()));
  return Object.keys(answer.headers)
    .filter((name) => !COMMON_HEADERS.test(name) && !known.has(name))
    .map((name) => `header ${name} is sent and not documented`);
}

function emptyBody(answer: Answer): string[] {
  return answer.text === '' ? [] : ['there is a body where none is documented'];
}
