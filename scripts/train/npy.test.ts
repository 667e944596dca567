import { expect, test } from 'vitest';
import { npy } from './npy.ts';

/** What numpy.save writes for np.arange(-2, 4, dtype=np.float32).reshape(1, 2, 3), byte for byte. */
const saved =
  '934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065273a2028312c20322c2033292c207d202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200a000000c0000080bf000000000000803f0000004000004040';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('writes what numpy.save does', () => {
  expect(hex(npy(Float32Array.of(-2, -1, 0, 1, 2, 3), [1, 2, 3]))).toBe(saved);
});

test.each([[[5]], [[2000, 28, 28, 1]], [[1, 1]]])(
  '%j: the header says its length and the shape, and ends a line',
  (shape) => {
    const values = Float32Array.from({ length: shape.reduce((product, axis) => product * axis, 1) }, (_, i) => i / 3);
    const bytes = Buffer.from(npy(values, shape));
    const end = 10 + bytes.readUInt16LE(8);
    expect(end % 64).toBe(0);
    const header = bytes.subarray(10, end).toString('latin1');
    expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \([\d, ]+\), \} *\n$/);
    expect(header).toContain(shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`);
    expect(bytes.length).toBe(end + 4 * values.length);
    expect(bytes.readFloatLE(bytes.length - 4)).toBe(values.at(-1));
  },
);
