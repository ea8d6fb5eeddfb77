import { endEarlyOnSignal } from './startup/early-end.js';
import { keepYoungGenerationSmall } from './startup/young-generation.js';

const letSignalsBe = endEarlyOnSignal();
const letYoungGenerationGrow = keepYoungGenerationSmall();
try {
  // Loaded from here on, as a static import would come before the first line.
  const { serve } = await import('./startup/serve.js');
  await serve(letSignalsBe);
} catch (error) {
  const { reportFailure } = await import('./startup/exit-codes.js');
  process.exit(reportFailure(error));
}
letYoungGenerationGrow();
