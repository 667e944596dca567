import type * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../../config/errors.ts';

/** The part of tfjs' WASM backend that the kernels use. Internals of 4.22: the version is pinned. */
export interface TfjsWasmBackend {
  readonly wasm: {
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    /** Exports of the instance, its memory among them. */
    readonly asm: Readonly<Record<string, unknown>>;
  };
  readonly dataIdMap: { get(dataId: tf.DataId): { readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
}

const ALIGNMENT = 64;
export const align = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** tfjs' heap as the kernels see it: tensors by pointer, and one scratch buffer that grows and is never shared. */
export class KernelHeap {
  readonly memory: WebAssembly.Memory;
  readonly #backend: TfjsWasmBackend;
  #scratch = 0;
  #scratchBytes = 0;
  #thread = 0;
  #threadBytes = 0;

  constructor(backend: TfjsWasmBackend) {
    this.#backend = backend;
    const memory = Object.values(backend.wasm.asm).find((value) => value instanceof WebAssembly.Memory);
    if (!memory) throw new DuelError('internal', { message: "tfjs' WASM module exports no memory" });
    this.memory = memory;
  }

  /** Byte offset of a tensor's values. */
  pointer(tensor: tf.TensorInfo): number {
    return this.#backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A new float tensor with arbitrary contents: the kernel must write every element. */
  output(shape: readonly number[]): tf.TensorInfo {
    const tensor = this.#backend.makeOutput(shape, 'float32');
    // tfjs takes malloc's null for an address and would write over its own first bytes.
    if (this.pointer(tensor) === 0) throw new DuelError('out-of-memory', { shape: shape.join('x') });
    return tensor;
  }

  /**
   * Pointers to buffers of these sizes, 64-byte aligned, valid until the next call: a kernel asks once for all it needs.
   * The buffer only grows, so that after the first step of a run nothing is allocated.
   */
  scratch<const Sizes extends readonly number[]>(bytes: Sizes): { [Index in keyof Sizes]: number } {
    const total = bytes.reduce((sum, size) => sum + align(size), ALIGNMENT);
    if (total > this.#scratchBytes) {
      if (this.#scratch) this.#backend.wasm._free(this.#scratch);
      // >>> 0: malloc returns a signed number for addresses above 2 GB.
      this.#scratch = this.#backend.wasm._malloc(total) >>> 0;
      this.#scratchBytes = this.#scratch ? total : 0;
      if (!this.#scratch) throw new DuelError('out-of-memory', { bytes: total });
    }
    let next = align(this.#scratch);
    const pointers = bytes.map((size) => {
      const pointer = next;
      next += align(size);
      return pointer;
    });
    return pointers as { [Index in keyof Sizes]: number };
  }

  /** Scratch of this size for each of some threads, beside `scratch` and with the same rules: the first one's pointer. */
  threadScratch(bytes: number, threads = 1): number {
    const total = threads * align(bytes);
    if (total > this.#threadBytes) {
      if (this.#thread) this.#backend.wasm._free(this.#thread);
      this.#thread = this.#backend.wasm._malloc(total + ALIGNMENT) >>> 0;
      this.#threadBytes = this.#thread ? total : 0;
      if (!this.#thread) throw new DuelError('out-of-memory', { bytes: total });
    }
    return align(this.#thread);
  }

  /** Leaves all scratch to whoever may still be writing to it, for good. The next call gets new. */
  abandonScratch(): void {
    this.#scratch = 0;
    this.#scratchBytes = 0;
    this.#thread = 0;
    this.#threadBytes = 0;
  }

  /** A zeroed block that nothing frees, 64-byte aligned. */
  keep(bytes: number): number {
    const pointer = this.#backend.wasm._malloc(bytes + ALIGNMENT) >>> 0;
    if (!pointer) throw new DuelError('out-of-memory', { bytes });
    new Uint8Array(this.memory.buffer, align(pointer), bytes).fill(0);
    return align(pointer);
  }

  /** Whether other threads can see it. */
  get shared(): boolean {
    return typeof SharedArrayBuffer === 'function' && this.memory.buffer instanceof SharedArrayBuffer;
  }

  /** Writes 32-bit integers. The view is made anew each time because memory that grows detaches the old one. */
  writeInts(pointer: number, values: readonly number[]): void {
    new Int32Array(this.memory.buffer, pointer, values.length).set(values);
  }

  /** Writes 32-bit floats, for the parameters of a job that are not whole. */
  writeFloats(pointer: number, values: readonly number[]): void {
    new Float32Array(this.memory.buffer, pointer, values.length).set(values);
  }

  /** Writes `floats` zeros. */
  writeZeros(pointer: number, floats: number): void {
    new Float32Array(this.memory.buffer, pointer, floats).fill(0);
  }
}
