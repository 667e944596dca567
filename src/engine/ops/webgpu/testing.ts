/** What the tests of these kernels share. */
import { startWebgpu } from '../../backend/webgpu.ts';
import { registerKernels } from './register.ts';
import { Runtime } from './runtime.ts';
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

export interface Counts {
  dispatches: number;
  submits: number;
  /** Buffers that the CPU waits for. */
  readbacks: number;
}

/** Counts what reaches the device while `f` runs. */
export function counted(f: () => void): Counts {
  const counts = { dispatches: 0, submits: 0, readbacks: 0 };
  const undo = [
    spy(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => counts.dispatches++),
    spy(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', () => counts.dispatches++),
    spy(GPUQueue.prototype, 'submit', () => counts.submits++),
    spy(GPUBuffer.prototype, 'mapAsync', () => counts.readbacks++),
  ];
  try {
    f();
  } finally {
    for (const restore of undo) restore();
  }
  return counts;
}

/** Calls `seen` before each call of a method. @returns what puts the method back */
function spy<K extends string>(target: Record<K, (...args: never[]) => unknown>, name: K, seen: () => void) {
  const original = target[name];
  target[name] = function (this: unknown, ...args: never[]) {
    seen();
    return original.apply(this, args);
  };
  return () => {
    target[name] = original;
  };
}

/** What the device complained of since the last call: a command that it rejects is otherwise a silent no-op. */
export function listen({ backend }: Runtime): () => string[] {
  const complaints: string[] = [];
  backend.device.onuncapturederror = ({ error }) => complaints.push(error.message);
  return () => complaints.splice(0);
}

/**
 * Runs `f` on kernels that are broken on purpose: fresh ones, while methods of the device are replaced.
 *
 * @param replaced by name; each is handed the true one
 */
export async function broken<T>(
  runtime: Runtime,
  replaced: { readonly [K in Breakable]?: (original: GPUDevice[K]) => GPUDevice[K] },
  f: (fresh: Runtime) => Promise<T>,
): Promise<T> {
  const { device } = runtime.backend;
  const fresh = new Runtime(runtime.backend);
  fresh.choice = runtime.choice;
  registerKernels(fresh);
  const own = device as { -readonly [K in Breakable]?: GPUDevice[K] };
  for (const name of breakable) {
    const original = device[name].bind(device) as GPUDevice[Breakable];
    const replace = replaced[name] as ((original: GPUDevice[Breakable]) => GPUDevice[Breakable]) | undefined;
    if (replace) Object.assign(own, { [name]: replace(original) });
  }
  try {
    return await f(fresh);
  } finally {
    // What the prototype has shows again.
    for (const name of breakable) delete own[name];
    registerKernels(runtime);
  }
}

const breakable = ['createShaderModule', 'createBindGroup'] as const;
type Breakable = (typeof breakable)[number];
