import { nodeStarters } from '../backend/node.ts';
import { onEach } from '../testing/backends.ts';
import { optimiserTests } from './optim.suite.ts';

onEach(nodeStarters, ['cpu', 'wasm'], optimiserTests);
