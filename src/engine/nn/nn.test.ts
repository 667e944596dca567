import { nodeStarters } from '../backend/node.ts';
import { onEach } from '../testing/backends.ts';
import { layerTests } from './nn.suite.ts';

onEach(nodeStarters, ['cpu', 'wasm'], layerTests);
