import { alternate } from '../lib/measure.mjs';
import { copyOf, databaseOf } from '../lib/database.mjs';
import { TARGETS } from '../lib/targets.mjs';

const TENANTS = 1_000;
let names = 0;

/** Requests that service and floor answer alike, on the same file. `atLeast`: the service's share of the floor's rate. */
const CASES = [
  { name: '/health', path: '/health', atLeast: 0.8 },
  { name: 'get by id', path: '/api/tenants/500', atLeast: 0.6 },
  { name: 'list of 100', path: '/api/tenants?limit=100', atLeast: 0.85 },
  {
    name: 'update, 32 clients',
    path: '/api/tenants/[<id>]',
    connections: 32,
    method: 'PATCH',
    atLeast: 1,
  },
];

export async function requests({ root, rounds, seconds, only }) {
  const folder = copyOf(await databaseOf(TENANTS, root), 'requests');
  const servers = {};
  for (const [name, start] of Object.entries(TARGETS))
    servers[name] = await start(folder);
  const rows = [];
  try {
    for (const { name, atLeast, ...request } of CASES) {
      if (only !== undefined && !name.includes(only)) continue;
      const results = await alternate(
        servers,
        () => requestOf(request, seconds),
        rounds,
      );
      rows.push({
        name,
        ...results,
        ratio: results.service.perSecond / results.floor.perSecond,
        target: `≥ ${atLeast.toFixed(2)}`,
        met: results.service.perSecond / results.floor.perSecond >= atLeast,
      });
    }
  } finally {
    for (const server of Object.values(servers)) await server.stop();
  }
  return rows;
}

/** An update names a different tenant and text each time, or there would be nothing to change. */
function requestOf({ method = 'GET', connections = 8, path }, seconds) {
  if (method === 'GET') return { path, connections, duration: seconds };
  const updates = Array.from({ length: 500 }, (_, index) => ({
    method,
    path: `/api/tenants/${index + 1}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ business_name: `Yeni ad ${(names += 1)}` }),
  }));
  return { path: '/', connections, duration: seconds, requests: updates };
}
