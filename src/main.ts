import { reportFailure } from './startup/exit-codes.js';
import { serve } from './startup/serve.js';
import { keepYoungGenerationSmall } from './startup/young-generation.js';

const letYoungGenerationGrow = keepYoungGenerationSmall();
try {
  await serve();
} catch (error) {
  process.exit(reportFailure(error));
}
letYoungGenerationGrow();
