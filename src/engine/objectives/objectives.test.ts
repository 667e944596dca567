import { nodeStarters } from '../backend/node.ts';
import { onEach } from '../testing/backends.ts';
import { objectiveTests } from './objectives.suite.ts';

onEach(nodeStarters, ['cpu', 'wasm'], objectiveTests);
