/**
 * What a load sends, by name; made in the load's own process. autocannon gives every connection its own walk through a
 * list of requests, from its beginning: whatever has to differ between connections is made when it is sent.
 */
const PASSWORD = 'iyi bir parola';
const JSON_TYPE = { 'content-type': 'application/json' };

const start = `${process.pid.toString(36)}${Date.now().toString(36)}`;
let sent = 0;

/** An update names another tenant and another text each time, or there would be nothing to change. */
function update({ tenants }) {
  return {
    method: 'PATCH',
    setupRequest: (request) => {
      sent += 1;
      return {
        ...request,
        path: `/api/tenants/${(sent % tenants) + 1}`,
        headers: { ...request.headers, ...JSON_TYPE },
        body: JSON.stringify({ business_name: `Yeni ad ${start} ${sent}` }),
      };
    },
  };
}

function create() {
  return {
    method: 'POST',
    path: '/api/tenants/',
    setupRequest: (request) => {
      sent += 1;
      return {
        ...request,
        headers: { ...request.headers, ...JSON_TYPE },
        body: JSON.stringify({
          username: `yeni-${start}-${sent}`,
          password: PASSWORD,
          business_name: `Yeni Kuaför ${sent}`,
          openai_api_key: `sk-bench-${String(sent).padStart(16, '0')}`,
        }),
      };
    },
  };
}

/** Out of 500, as a day of integrators, probes and an admin might be; a create keeps a core busy for a third of a second. */
const MIX = {
  get: 260,
  health: 50,
  list: 60,
  deep: 20,
  search: 40,
  sorted: 20,
  dashboard: 19,
  update: 30,
  create: 1,
};

function mixed({ tenants, cookie }) {
  const kinds = {
    get: (index) => ({ path: `/api/tenants/${((index * 7) % tenants) + 1}` }),
    health: () => ({ path: '/health' }),
    list: () => ({ path: '/api/tenants?limit=100' }),
    deep: () => ({ path: `/api/tenants?limit=100&skip=${tenants - 100}` }),
    search: (index) => ({ path: `/api/tenants?search=bench-${index}` }),
    sorted: () => ({ path: '/api/tenants?sort=-business_name&after=' }),
    dashboard: () => ({ path: '/', headers: { cookie } }),
    update: () => update({ tenants }),
    create,
  };
  const requests = Object.entries(MIX).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, index) => kinds[kind](index)),
  );
  // 499 steps of 173 in 500 reach each one once: the kinds follow each other as in a shuffled pack, the same in every run.
  return requests.map((_, index) => requests[(index * 173) % requests.length]);
}

export const TRAFFIC = {
  update: (options) => [update(options)],
  create: () => [create()],
  mixed,
};
