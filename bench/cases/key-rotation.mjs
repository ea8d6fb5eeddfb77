import { cli, SECRETS } from '../lib/built.mjs';
import { median } from '../lib/statistics.mjs';
import { SERVICES, TARGETS } from '../lib/targets.mjs';

const CASE = { name: 'keys rotate, 1,000 rows' };
const TENANTS = 10_000;
const ROUNDS = 3;

/** The operator's command on a database that nobody else uses. Each round goes back to a key that is not the present one. */
export const keyRotation = { title: 'key rotation', cases: [CASE], run };

async function run({ root }) {
  const rows = [];
  for (const name of SERVICES) {
    const { store } = TARGETS[name];
    const made = await store.databaseOf(TENANTS, root);
    const folder = store.copyOf(made, `rotation-${name}`);
    const commands = [];
    const starts = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const env = { ENCRYPTION_KEY: keysOf(round) };
      starts.push(timeOf(folder, ['keys', 'status'], env).seconds);
      commands.push(rotate(folder, env));
    }
    const command = median(commands);
    rows.push({
      section: 'single',
      name: CASE.name,
      unit: 's',
      digits: 2,
      values: {
        [name]: (command - median(starts)) / (TENANTS / 1_000),
      },
      note: `the whole command takes ${command.toFixed(1)} s for 10,000 rows, ${median(starts).toFixed(1)} s of it to start; it pauses between batches for the service's sake`,
    });
  }
  return rows;
}

function rotate(folder, env) {
  const { output, seconds } = timeOf(folder, ['keys', 'rotate'], env);
  if (!output.includes(` ${TENANTS} kayıt ilk anahtarla yeniden şifrelendi`))
    throw new Error(`keys rotate: ${output}`);
  return seconds;
}

function timeOf(folder, args, env) {
  const begun = performance.now();
  const output = cli(folder, args, { env });
  return { output, seconds: (performance.now() - begun) / 1000 };
}

/** The newest first. */
function keysOf(round) {
  const newer = Array.from(
    { length: round },
    (_, index) =>
      `${Buffer.alloc(32, `rotation ${index}`).toString('base64url')}=`,
  );
  return [...newer.toReversed(), SECRETS.ENCRYPTION_KEY].join(',');
}
