import type * as tf from '@tensorflow/tfjs-core';

/**
 * What of tfjs's WebGPU backend (4.22, pinned) our kernels reach into. Its public `runWebGPUProgram` writes one tensor,
 * uploads a block of uniforms for every dispatch and lets the shader decide which bindings exist; we record into the
 * same command encoder instead, so that its kernels and ours stay in order.
 */
export interface TfjsWebGpuBackend extends tf.KernelBackend {
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  readonly commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  /** Dispatches since the last submission. */
  dispatchCountInPass: number;
  /** Tensors that recorded commands still read or write: their buffers are not reused before the next submission. */
  readonly commandQueueOwnedIds: WeakSet<object>;
  /** Uniform buffers to give back to the pool at the next submission. */
  readonly uniformPendingDisposal: GPUBuffer[];
  readonly tensorMap: { get(dataId: object): { readonly resource: GPUBuffer } };
  readonly bufferManager: { acquireBuffer(size: number, usage: GPUBufferUsageFlags): GPUBuffer };
  makeTensorInfo(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** Gives a tensor its buffer, with its values if it has any on the CPU. Ends the compute pass where it must copy. */
  uploadToGPU(dataId: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;

  // What tf.profile and tf.time measure with.
  readonly activeTimers?: { readonly name: string; readonly query: Promise<number> }[] | null;
  readonly supportTimestampQuery: boolean;
  querySet: GPUQuerySet | null;
  readonly querySetCount: number;
  getQueryTime(): Promise<number>;
}
