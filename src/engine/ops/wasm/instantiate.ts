import type { KernelExports } from './exports.ts';
import { RELAXED_SIMD, SIMD } from './generated/kernels.ts';
import { KernelHeap, type TfjsWasmBackend } from './heap.ts';
import type { KernelRuntime } from './runtime.ts';

/** Whether this engine runs relaxed SIMD, whose multiply-add rounds once on processors with FMA. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(decode(RELAXED_SIMD));
}

/** Compiles our kernels against the heap of a started tfjs WASM backend. Needs SIMD. */
export async function instantiateKernels(backend: TfjsWasmBackend, relaxed: boolean): Promise<KernelRuntime> {
  const heap = new KernelHeap(backend);
  const bytes = decode(relaxed ? RELAXED_SIMD : SIMD);
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: heap.memory } });
  return { code: instance.exports as unknown as KernelExports, heap };
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
