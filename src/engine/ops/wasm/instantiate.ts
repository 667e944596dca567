import type { KernelExports } from './exports.ts';
import { RELAXED_SIMD, SIMD } from './generated/kernels.ts';
import { KernelHeap, type TfjsWasmBackend } from './heap.ts';
import type { KernelRuntime } from './runtime.ts';

// One function that computes f32x4.relaxed_madd of three zero vectors: the smallest module that only an engine with
// relaxed SIMD accepts. Sections: type () -> (), function, code.
const relaxedProbe = [
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 4, 1, 96, 0, 0],
  ...[3, 2, 1, 0],
  ...[10, 18, 1, 16, 0, ...[65, 0, 253, 15], ...[65, 0, 253, 15], ...[65, 0, 253, 15], ...[253, 133, 2], 26, 11],
];

/** Whether this engine runs relaxed SIMD, whose multiply-add rounds once on processors with FMA. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(new Uint8Array(relaxedProbe));
}

/** Compiles our kernels against the heap of a started tfjs WASM backend. Needs SIMD. */
export async function instantiateKernels(backend: TfjsWasmBackend, relaxed: boolean): Promise<KernelRuntime> {
  const heap = new KernelHeap(backend);
  const bytes = Uint8Array.from(atob(relaxed ? RELAXED_SIMD : SIMD), (character) => character.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: heap.memory } });
  return { code: instance.exports as unknown as KernelExports, heap };
}
