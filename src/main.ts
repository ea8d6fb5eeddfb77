import { reportFailure } from './startup/exit-codes.js';
import { serve } from './startup/serve.js';

try {
  await serve();
} catch (error) {
  process.exit(reportFailure(error));
}
