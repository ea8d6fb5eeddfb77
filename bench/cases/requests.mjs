import { alternate } from '../lib/measure.mjs';
import { signedInCookie } from '../lib/sign-in.mjs';
import { FLOOR, SERVICES, startTargets, stopAll } from '../lib/targets.mjs';

export const TENANTS = 1_000;
const CONNECTIONS = 8;

/** `atLeast`: the service's share of the floor's rate. */
const READS = [
  { name: '/health', path: '/health', atLeast: 0.8, quick: true },
  {
    name: 'get by id',
    path: '/api/tenants/500',
    atLeast: 0.6,
    quick: true,
  },
  {
    name: 'list of 100 (70 KB)',
    path: '/api/tenants?limit=100',
    atLeast: 0.85,
    quick: true,
  },
  { name: 'dashboard list', path: '/', signedIn: true },
];
const WRITES = [
  {
    name: 'update, 32 clients',
    traffic: { kind: 'update', tenants: TENANTS },
    connections: 32,
    atLeast: 1,
    quick: true,
  },
];
export const REQUESTS = [...READS, ...WRITES];

/** Requests that service and floor answer alike. */
export const requests = { title: 'requests', cases: REQUESTS, run };

async function run(settings) {
  return [
    ...(await runAll(settings, READS, { use: 'reads' })),
    ...(await runAll(settings, WRITES, { use: 'writes', apart: true })),
  ];
}

async function runAll(settings, cases, place) {
  const wanted = cases.filter(settings.wants);
  if (wanted.length === 0) return [];
  const servers = await startTargets(settings, TENANTS, place);
  const rows = [];
  for (const one of wanted) {
    const { [FLOOR]: floor, ...services } = servers;
    const taking = one.signedIn ? services : { ...services, floor };
    const headers = one.signedIn ? await cookies(services) : {};
    const loads = await alternate(
      taking,
      (name) => requestOf(one, headers[name]),
      settings,
    );
    rows.push(toRow(one, loads));
  }
  await stopAll(servers);
  return rows;
}

export function requestOf(
  { path, traffic, connections = CONNECTIONS },
  headers,
) {
  return { path, traffic, connections, headers };
}

async function cookies(services) {
  const headers = {};
  for (const [name, { url }] of Object.entries(services))
    headers[name] = { cookie: await signedInCookie(url) };
  return headers;
}

function toRow({ name, atLeast }, loads) {
  const { [FLOOR]: floor } = loads;
  return {
    section: 'floor',
    name,
    loads,
    target: atLeast && { atLeast },
    values: Object.fromEntries(
      SERVICES.map((service) => [
        service,
        floor && loads[service].perSecond / floor.perSecond,
      ]),
    ),
  };
}
