import { writeFileSync } from 'node:fs';
import { chart } from './chart.mjs';
import { markdown } from './markdown.mjs';

const MARKDOWN = new URL('../results.md', import.meta.url);
const CHART = new URL('../results.svg', import.meta.url);

export function writeResults(rows, facts) {
  writeFileSync(MARKDOWN, markdown(rows, facts));
  writeFileSync(CHART, chart(rows, facts));
  console.log('bench/results.md and bench/results.svg are written.');
}
