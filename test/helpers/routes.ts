import type { TestApp } from './test-app.js';

export interface Route {
  method: string;
  path: string;
}

interface RouterLayer {
  route?: { path: unknown; methods: Record<string, boolean> };
}

/** Every route of the Express router, but the fallbacks, which take all methods. */
export function routesOf(app: TestApp): Route[] {
  // Express does not type its router's stack.
  const { router } = app.nest.getHttpAdapter().getInstance() as {
    router: { stack: RouterLayer[] };
  };
  return router.stack.flatMap(({ route }) =>
    route === undefined || route.methods.trace === true
      ? []
      : Object.keys(route.methods).map((method) => ({
          method,
          path: String(route.path),
        })),
  );
}
