import { describe } from 'vitest';
import { convSuite } from '../testing/conv.suite.ts';
import { lossSuite } from '../testing/loss.suite.ts';
import { matMulSuite } from '../testing/matmul.suite.ts';
import { optimizerSuite } from '../testing/optimizer.suite.ts';
import { rowsSuite } from '../testing/rows.suite.ts';
import { secondOrderSuite } from '../testing/secondOrder.suite.ts';
import { accuracySuite } from './accuracy.suite.ts';
import { fusedSuite } from './fused.suite.ts';
import { errorOnWasm, PATIENCE } from './testing.ts';
import { tilesSuite } from './tiles.suite.ts';

/** All tests of these kernels, for either build of them: call where both backends have started. */
export function kernelsSuite(): void {
  describe.each<[string, () => void]>([
    ['fused ops', fusedSuite],
    ['convolution', () => convSuite(errorOnWasm, 150)],
    ['matrix product', () => matMulSuite(errorOnWasm, 160)],
    ['rows', () => rowsSuite(errorOnWasm, 40, 1e-6)],
    ['losses', () => lossSuite(errorOnWasm, 60)],
    ['optimizer', () => optimizerSuite(errorOnWasm, 40)],
    ['gradients of gradients', () => secondOrderSuite(errorOnWasm)],
    ['tiles', tilesSuite],
    ['accuracy', accuracySuite],
  ])('%s', { timeout: PATIENCE }, (_what, suite) => suite());
}
