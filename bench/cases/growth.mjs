import { alternate } from '../lib/measure.mjs';
import {
  FLOOR,
  SERVICES,
  startTargets,
  stopAll,
  TARGETS,
} from '../lib/targets.mjs';
import { COMMON, RARE } from '../lib/tenant-rows.mjs';

const SMALL = 1_000;
const LARGE = 100_000;
/** With `--quick --only`: filling and indexing 100,000 takes longer than a quick look may. */
const LARGE_IF_QUICK = 10_000;
const AT_MOST = 1.3;
const LIST = '/api/tenants?limit=100';

/** `path` for a database of so many tenants; `floor` when that answers the same. */
const CASES = [
  {
    name: 'page 1',
    path: () => LIST,
    floor: true,
    judged: true,
  },
  {
    name: 'last page, by skip',
    path: (tenants) => `${LIST}&skip=${tenants - 100}`,
    floor: true,
    judged: true,
  },
  {
    name: 'last page, by cursor',
    path: async (tenants, server) =>
      `${LIST}&after=${await cursorAt(server, tenants - 100)}`,
    judged: true,
  },
  {
    name: `search that finds ${RARE.hits}`,
    path: () => `${LIST}&search=${encodeURIComponent(RARE.needle)}`,
    judged: true,
  },
  {
    name: 'search that finds 1 in 6',
    path: () => `${LIST}&search=${encodeURIComponent(COMMON.needle)}`,
  },
  {
    name: 'sorted by name, page 1',
    path: () => `${LIST}&sort=business_name`,
  },
];

/** How much longer an answer takes when there are a hundred times as many tenants. One client: the time of one request. */
export const growth = { title: 'growth', cases: CASES, run };

async function run(settings) {
  const large = settings.quick ? LARGE_IF_QUICK : LARGE;
  const sizes = { small: SMALL, large };
  const started = {};
  for (const [size, tenants] of Object.entries(sizes))
    started[size] = await startTargets(settings, tenants, { use: 'growth' });
  const rows = [];
  for (const one of CASES.filter(settings.wants))
    rows.push(await measureCase(one, { started, sizes, settings }));
  await Promise.all(Object.values(started).map(stopAll));
  return rows;
}

async function measureCase(one, { started, sizes, settings }) {
  const targets = Object.keys(TARGETS).filter(
    (name) => name !== FLOOR || one.floor,
  );
  const servers = {};
  const paths = {};
  for (const target of targets)
    for (const [size, tenants] of Object.entries(sizes)) {
      const label = labelOf(target, tenants);
      servers[label] = started[size][target];
      paths[label] = await one.path(tenants, servers[label]);
    }
  const loads = await alternate(
    servers,
    (label) => ({ path: paths[label], connections: 1 }),
    { ...settings, seconds: settings.seconds / 2 },
  );
  return {
    section: 'growth',
    name: one.name,
    unit: '×',
    loads,
    target: one.judged && { atMost: AT_MOST },
    values: Object.fromEntries(
      targets.map((target) => [
        target,
        loads[labelOf(target, sizes.large)].p50 /
          loads[labelOf(target, sizes.small)].p50,
      ]),
    ),
    note: one.name.startsWith('search')
      ? await hitsOf(one, sizes, started)
      : undefined,
  };
}

function labelOf(target, tenants) {
  return `${target}, ${tenants.toLocaleString('en')}`;
}

/** Said by the service, so that nobody has to believe the case's name. */
async function hitsOf(one, sizes, started) {
  const hits = [];
  for (const [size, tenants] of Object.entries(sizes)) {
    const { url, headers } = started[size][SERVICES[0]];
    const answer = await fetch(url + one.path(tenants), { headers });
    await answer.arrayBuffer();
    hits.push(Number(answer.headers.get('x-total-count')));
  }
  return `hits: ${hits.map((count) => count.toLocaleString('en')).join(' and ')}; the first 100 of them are given`;
}

/** The cursor of the page that begins behind so many tenants. */
async function cursorAt({ url, headers }, skipped) {
  const answer = await fetch(
    `${url}/api/tenants?after=&limit=1&skip=${skipped - 1}`,
    { headers },
  );
  await answer.arrayBuffer();
  const cursor = answer.headers.get('x-next-cursor');
  if (cursor === null) throw new Error(`no cursor behind ${skipped} tenants`);
  return cursor;
}
