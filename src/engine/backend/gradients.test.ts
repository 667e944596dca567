import { onEach } from '../testing/backends.ts';
import { secondOrderTests } from './gradients.suite.ts';
import { nodeStarters } from './node.ts';

onEach(nodeStarters, ['cpu', 'wasm'], secondOrderTests);
