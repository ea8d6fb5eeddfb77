import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Unit specs stand beside their source; the others run against a real database, over HTTP, on real processes, and in Chromium. */
const kinds = {
  unit: 'src/**/*.spec.ts',
  integration: 'test/integration/**/*.spec.ts',
  e2e: 'test/e2e/**/*.spec.ts',
  process: 'test/process/**/*.spec.ts',
  browser: 'test/browser/**/*.spec.ts',
};

/** These start the built service. */
const BUILT = ['process', 'browser'];

export default defineConfig({
  test: {
    maxWorkers: Math.max(2, availableParallelism()),
    // A CI machine is noisy: what fails is run once more there, and shown as flaky.
    retry: process.env.CI === undefined ? 0 : 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: Object.entries(kinds).map(([name, include]) => ({
      extends: true,
      test: {
        name,
        include: [include],
        globalSetup: BUILT.includes(name)
          ? 'test/helpers/build-once.ts'
          : 'test/helpers/compile-worker.ts',
      },
    })),
  },
});
