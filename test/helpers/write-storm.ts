import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantsApi } from './api.js';

const CREATE_PAUSE_MS = 400;

/** What is known of one tenant while it is written to. */
interface Known {
  id: number;
  /** The last acknowledged change. */
  version: number;
  name: string;
  /** The name that was on its way when the answer stopped coming. */
  pending?: string;
}

/** Writes to several tenants at once, each in turn, and remembers every acknowledgement. */
export class WriteStorm {
  acknowledged = 0;
  /** Answers that were neither acknowledged nor cut off. */
  readonly refusals: number[] = [];
  readonly #tenants: Known[] = [];
  readonly #created: string[] = [];
  #stopped = false;
  #names = 0;

  /** Makes the tenants that will be written to. */
  async prepare(api: TenantsApi, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const { body } = await api.create();
      this.#tenants.push({
        id: body.id,
        version: body.version,
        name: body.business_name,
      });
    }
  }

  /** Goes on until the service is gone or `stop` is called. */
  async run(api: TenantsApi): Promise<void> {
    this.#stopped = false;
    await Promise.all([
      ...this.#tenants.map((tenant) =>
        this.#untilGone(() => this.#update(api, tenant)),
      ),
      this.#untilGone(() => this.#create(api)),
    ]);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** @returns what is not in the service although it was acknowledged; empty when all is well. */
  async missing(api: TenantsApi): Promise<string[]> {
    const { body } = await api.list();
    const byId = new Map(body.map((tenant) => [tenant.id, tenant]));
    const names = new Set(body.map(({ username }) => username));
    const changes = this.#tenants.flatMap((known) => {
      const found = byId.get(known.id);
      const asAcknowledged =
        found?.version === known.version && found.business_name === known.name;
      // Committed, but the answer did not make it out.
      const oneAhead =
        found?.version === known.version + 1 &&
        found.business_name === known.pending;
      if (found !== undefined && oneAhead) {
        known.version = found.version;
        known.name = found.business_name;
      }
      known.pending = undefined;
      return asAcknowledged || oneAhead
        ? []
        : [
            `tenant ${known.id}: version ${known.version} "${known.name}", found ${found?.version} "${found?.business_name}"`,
          ];
    });
    const creations = this.#created.filter((name) => !names.has(name));
    return [...changes, ...creations.map((name) => `tenant ${name}`)];
  }

  async #update(api: TenantsApi, tenant: Known): Promise<void> {
    const name = `Ad ${(this.#names += 1)}`;
    tenant.pending = name;
    const { status, body } = await api.patch(tenant.id, {
      business_name: name,
    });
    if (status !== 200) {
      this.refusals.push(status);
      return;
    }
    tenant.version = body.version;
    tenant.name = name;
    this.acknowledged += 1;
  }

  async #create(api: TenantsApi): Promise<void> {
    const { status, body } = await api.create();
    if (status !== 201) {
      this.refusals.push(status);
      return;
    }
    this.#created.push(body.username);
    this.acknowledged += 1;
    // Hashing its password costs as much as a hundred changes: a few creates are enough.
    await sleep(CREATE_PAUSE_MS);
  }

  async #untilGone(write: () => Promise<void>): Promise<void> {
    while (!this.#stopped) {
      try {
        await write();
      } catch {
        // The connection broke: the process is gone.
        return;
      }
    }
  }
}
