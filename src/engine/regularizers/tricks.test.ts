import { nodeStarters } from '../backend/node.ts';
import { onEach } from '../testing/backends.ts';
import { trickTests } from './tricks.suite.ts';

onEach(nodeStarters, ['cpu', 'wasm'], trickTests);
