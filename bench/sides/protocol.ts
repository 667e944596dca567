import type { BackendName } from '../../src/config/backends.ts';
import type { Product, Work } from '../engine/works.ts';

export interface StartOptions {
  readonly backend: BackendName;
  /** Asked for, and `Started` says what came of it; without, as many as the page takes. */
  readonly threads?: number;
  /** Refuse a GPU that is software. */
  readonly hardware?: boolean;
}

export interface Started {
  readonly threads: number;
  /** What it runs on, in its own words. */
  readonly about: string;
}

/** What one step asks of the backend, once it is warm. */
export interface StepCounts {
  /** Compute dispatches on WebGPU, draw calls on WebGL, kernels run on WASM. */
  readonly dispatches: number;
  readonly submits: number;
  /** Held by the backend: buffers or textures and their pools, or the WASM heap. */
  readonly bytes: number;
  /** Written to the GPU during the step. */
  readonly written: number;
  /** Milliseconds of JavaScript until the step is recorded; on WASM, where nothing waits, until it is done. */
  readonly recordMs: number;
}

/** All runs of one kernel within one step. */
export interface KernelTime {
  readonly kernel: string;
  readonly count: number;
  readonly ms: number;
}

/** One engine in a worker of its own, so that no other's kernels or threads are about. */
export interface Side {
  start(options: StartOptions): Promise<Started>;
  /** Builds the nets of a work, under its name. */
  build(work: Work): Promise<void>;
  /** @returns milliseconds that so many steps took, with what is read back */
  run(name: string, steps: number): Promise<number>;
  drop(name: string): Promise<void>;
  /** @returns milliseconds that so many products took, one after the other */
  matmul(product: Product, times: number): Promise<number>;
  count(name: string): Promise<StepCounts>;
  profile(name: string): Promise<readonly KernelTime[]>;
}

export type SideName = 'ours' | 'stock' | 'jax';
export type Method = keyof Side;

/** A call to a worker, and its answer under the same number. */
export interface Call {
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}
export type Answer = { readonly id: number } & ({ readonly result: unknown } | { readonly error: string });

/** What the page of the bench offers to whoever drives it. */
export interface Sides {
  open(side: SideName): number;
  call(worker: number, method: Method, args: readonly unknown[]): Promise<unknown>;
  close(worker: number): void;
}
