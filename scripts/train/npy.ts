/**
 * A float32 array as NumPy's .npy, format 1.0 (numpy.lib.format): the magic, the length of a header that says what follows,
 * the header padded to 64 bytes, the values in C order.
 *
 * @param values as many as the shape says
 */
export function npy(values: Float32Array, shape: readonly number[]): Uint8Array {
  const about = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const magic = 10;
  // A newline ends it.
  const length = Math.ceil((magic + about.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length + 4 * values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  view.setUint16(8, length - magic, true);
  bytes.set(new TextEncoder().encode(`${about.padEnd(length - magic - 1)}\n`), magic);
  values.forEach((value, i) => {
    view.setFloat32(length + 4 * i, value, true);
  });
  return bytes;
}
