/** What this engine's WebAssembly can do, asked with the smallest module that needs it. */

/** One function, v128 -> v128, whose body is `code`. */
function compiles(code: readonly number[]): boolean {
  const body = [0, ...code, 0x0b];
  const binary = [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    [1, 6, 1, 0x60, 1, 0x7b, 1, 0x7b],
    [3, 2, 1, 0],
    [10, body.length + 2, 1, body.length, ...body],
  ];
  return WebAssembly.validate(Uint8Array.from(binary.flat()));
}

const LOCAL_GET_0 = [0x20, 0];

export function hasSimd(): boolean {
  // f32x4.add
  return compiles([...LOCAL_GET_0, ...LOCAL_GET_0, 0xfd, 0xe4, 0x01]);
}

/** Whether this engine runs relaxed SIMD, whose multiply-add rounds once on processors with FMA. */
export function hasRelaxedSimd(): boolean {
  // f32x4.relaxed_madd
  return compiles([...LOCAL_GET_0, ...LOCAL_GET_0, ...LOCAL_GET_0, 0xfd, 0x85, 0x02]);
}
