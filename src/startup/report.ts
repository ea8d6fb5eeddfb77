import { standardOutput } from './output.js';

/** Takes a progress line for the operator, in Turkish. */
export type Report = (line: string) => void;

export const toStdout: Report = (line) =>
  void standardOutput().write(`${line}\n`);
export const toStderr: Report = (line) =>
  void process.stderr.write(`${line}\n`);
