/** What the tests of these kernels share. */
import { startWebgpu } from '../../backend/webgpu.ts';
import type { Runtime } from './runtime.ts';
import type { TfjsWebGpuBackend } from './tfjsBackend.ts';

/**
 * Starts the cpu backend, which is the oracle, and WebGPU, where each buffer that a tensor gets is filled with NaN: new
 * ones would hold zeros and pooled ones often the right result of the last run, so that nothing missing would show.
 */
export async function startPoisoned(): Promise<Runtime> {
  await import('@tensorflow/tfjs-backend-cpu');
  const runtime = await startWebgpu();
  poison(runtime.backend);
  return runtime;
}

interface Pool {
  acquireBuffer(size: number, usage: GPUBufferUsageFlags, mapped?: boolean, reuse?: boolean): GPUBuffer;
}

function poison({ bufferManager, queue }: TfjsWebGpuBackend): void {
  const pool = bufferManager as Pool;
  const acquire = pool.acquireBuffer.bind(pool);
  pool.acquireBuffer = (size, usage, mapped, reuse) => {
    const buffer = acquire(size, usage, mapped, reuse);
    const storage = (usage & GPUBufferUsage.STORAGE) !== 0 && buffer.mapState === 'unmapped';
    if (storage) queue.writeBuffer(buffer, 0, new Float32Array(size / 4).fill(Number.NaN));
    return buffer;
  };
}

/** Counts what reaches the device while `f` runs. */
export async function counted(f: () => void | Promise<void>): Promise<{ dispatches: number; submits: number }> {
  const counts = { dispatches: 0, submits: 0 };
  const pass = GPUComputePassEncoder.prototype;
  const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = pass;
  const { submit } = GPUQueue.prototype;
  pass.dispatchWorkgroups = function (...args) {
    counts.dispatches++;
    return dispatchWorkgroups.apply(this, args);
  };
  pass.dispatchWorkgroupsIndirect = function (...args) {
    counts.dispatches++;
    return dispatchWorkgroupsIndirect.apply(this, args);
  };
  GPUQueue.prototype.submit = function (...args) {
    counts.submits++;
    return submit.apply(this, args);
  };
  try {
    await f();
  } finally {
    pass.dispatchWorkgroups = dispatchWorkgroups;
    pass.dispatchWorkgroupsIndirect = dispatchWorkgroupsIndirect;
    GPUQueue.prototype.submit = submit;
  }
  return counts;
}

/** What the device complained of since the last call: a command that it rejects is otherwise a silent no-op. */
export function listen({ backend }: Runtime): () => string[] {
  const complaints: string[] = [];
  backend.device.onuncapturederror = ({ error }) => complaints.push(error.message);
  return () => complaints.splice(0);
}
