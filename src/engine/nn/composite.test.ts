import { nodeStarters } from '../backend/node.ts';
import { onEach } from '../testing/backends.ts';
import { compositeTests } from './composite.suite.ts';

onEach(nodeStarters, ['cpu', 'wasm'], compositeTests);
