/** Lets one task at a time run for each key, in the order of arrival. */
export class KeyedLock {
  readonly #last = new Map<string, Promise<unknown>>();

  inTurn<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const turn = before.then(task);
    const settled = turn.catch(() => undefined);
    this.#last.set(key, settled);
    void settled.then(() => {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    });
    return turn;
  }
}
