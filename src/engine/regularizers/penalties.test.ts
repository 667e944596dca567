import { nodeStarters } from '../backend/node.ts';
import { onEach } from '../testing/backends.ts';
import { penaltyTests } from './penalties.suite.ts';
import { penaltyStepTests } from './penaltySteps.suite.ts';

onEach(nodeStarters, ['cpu', 'wasm'], (backend) => {
  penaltyTests();
  penaltyStepTests(backend);
});
