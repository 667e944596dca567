import { nodeStarters } from '../backend/node.ts';
import { onEach } from '../testing/backends.ts';
import { minibatchTests } from './minibatch.suite.ts';

onEach(nodeStarters, ['cpu', 'wasm'], minibatchTests);
