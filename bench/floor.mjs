/**
 * What the database and Express cost at the least: Express 5, the same driver with prepared statements, and Express's own
 * `response.json`, which is JSON.stringify. No guard, no validation, no log, no error pages. Every update is a transaction
 * of its own, as durable as the service's. Started by the bench, on the same file as the service.
 */
import express from 'express';
import sqlite3 from 'sqlite3';

const [, , file] = process.argv;
const database = new sqlite3.Database(file);
database.configure('busyTimeout', 5_000);
const COLUMNS =
  'id, username, business_name, system_prompt, status, openai_api_key_hint, version, created_at, updated_at';

await new Promise((resolve, reject) =>
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000',
    (error) => (error ? reject(error) : resolve()),
  ),
);

const one = database.prepare(`SELECT ${COLUMNS} FROM tenants WHERE id = ?`);
const page = database.prepare(
  `SELECT ${COLUMNS} FROM tenants ORDER BY id LIMIT ? OFFSET ?`,
);
const update = database.prepare(
  'UPDATE tenants SET business_name = ?, version = version + 1, updated_at = ? WHERE id = ?',
);

const app = express();
app.disable('x-powered-by').disable('etag');
app.get('/health', (_request, response) => response.json({ status: 'ok' }));
app.get('/api/tenants/:id', (request, response, next) =>
  // `get` would leave the statement, and with it a read transaction, open.
  one.all(Number(request.params.id), (error, rows) =>
    error ? next(error) : response.json(rows[0]),
  ),
);
app.get('/api/tenants', (request, response, next) =>
  page.all(
    Number(request.query.limit ?? 100),
    Number(request.query.skip ?? 0),
    (error, rows) => (error ? next(error) : response.json(rows)),
  ),
);
app.patch('/api/tenants/:id', express.json(), (request, response, next) => {
  const id = Number(request.params.id);
  const now = new Date().toISOString();
  update.run(request.body.business_name, now, id, (error) =>
    error
      ? next(error)
      : one.all(id, (failure, rows) =>
          failure ? next(failure) : response.json(rows[0]),
        ),
  );
});
app.listen(Number(process.env.PORT), '127.0.0.1');
