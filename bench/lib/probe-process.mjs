import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

// A process that asks for one path, again and again, and measures how long each answer takes: whatever else the bench
// does meanwhile does not delay its clock. The first message names the address, the next one ends it.
const PAUSE_MS = 3;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const state = { goesOn: true };

process.once('message', (url) => {
  process.once('message', () => (state.goesOn = false));
  void probe(url);
});

async function probe(url) {
  const times = [];
  while (state.goesOn) {
    const begun = performance.now();
    await answered(url);
    times.push(performance.now() - begun);
    await sleep(PAUSE_MS);
  }
  agent.destroy();
  const sorted = times.toSorted((a, b) => a - b);
  process.send(sorted, () => process.disconnect());
}

function answered(url) {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.once('end', resolve);
    }).once('error', reject);
  });
}
