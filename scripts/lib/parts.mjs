import { say } from './run.mjs';

/** The parts of a run: how long each took, and whether all went well. */
export class Parts {
  #lines = [];
  #isWell = true;

  /** @param work gives an exit code, or nothing, at once or later. */
  async do(name, work) {
    say(`\n── ${name}`);
    const start = Date.now();
    const code = (await work()) ?? 0;
    this.#isWell &&= code === 0;
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    this.#lines.push(`${name}: ${seconds} s${code === 0 ? '' : ' – FAILED'}`);
  }

  /** Prints the times and ends the process. */
  end() {
    say(`\n${this.#lines.join('\n')}`);
    process.exit(this.#isWell ? 0 : 1);
  }
}
