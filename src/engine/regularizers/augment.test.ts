import { nodeStarters } from '../backend/node.ts';
import { onEach } from '../testing/backends.ts';
import { augmentTests } from './augment.suite.ts';

onEach(nodeStarters, ['cpu', 'wasm'], augmentTests);
