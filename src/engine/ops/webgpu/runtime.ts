import type * as tf from '@tensorflow/tfjs-core';
import { env } from '@tensorflow/tfjs-core';
import type { Program } from './program.ts';
import { sourceOf } from './program.ts';
import type { TfjsWebGpuBackend } from './tfjsBackend.ts';
import { type Choice, startingChoice } from './variants.ts';

interface Compiled {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  /** Parameter blocks that were used before, by their values. */
  readonly blocks: Map<string, GPUBuffer>;
}

export interface Run<Reads extends string, Writes extends string, Params extends string> {
  readonly reads: Readonly<Record<Reads, tf.TensorInfo>>;
  readonly writes: Readonly<Record<Writes, tf.TensorInfo>>;
  readonly params: Readonly<Record<Params, number>>;
  /** Workgroups. */
  readonly groups: number;
  /** The parameters differ from step to step, so that keeping them would only pile up buffers. */
  readonly changing?: boolean;
}

/** Parameter blocks to keep on the GPU at most, of 16 to 128 bytes each: a step of any net needs fewer than a hundred. */
const keptBlocks = 4096;

/** Runs programs on the device of one tfjs backend, in the order of its own kernels. */
export class Runtime {
  readonly backend: TfjsWebGpuBackend;
  /** How products are computed, by family. */
  choice: Choice = startingChoice;
  readonly #compiled = new Map<Program, Compiled>();
  #blocks = 0;

  constructor(backend: TfjsWebGpuBackend) {
    this.backend = backend;
  }

  get limits(): GPUSupportedLimits {
    return this.backend.device.limits;
  }

  /** A new float tensor; nothing is in it yet. */
  output(shape: readonly number[]): tf.TensorInfo {
    return this.backend.makeTensorInfo([...shape], 'float32');
  }

  /** Releases a tensor that only kernels used; its buffer stays until the recorded commands have been submitted. */
  release(tensor: tf.TensorInfo): void {
    this.backend.disposeData(tensor.dataId);
  }

  /** Records one dispatch. */
  run<R extends string, W extends string, P extends string>(program: Program<R, W, P>, run: Run<R, W, P>): void {
    const { backend } = this;
    const tensors = [
      ...Object.keys(program.reads).map((name) => run.reads[name as R]),
      ...Object.keys(program.writes).map((name) => run.writes[name as W]),
    ];
    // All uploads first: one may end the compute pass.
    for (const { dataId } of tensors) backend.uploadToGPU(dataId);
    const compiled = this.#compile(program);
    const buffers = [
      ...tensors.map(({ dataId }) => backend.tensorMap.get(dataId).resource),
      this.#block(compiled, program, run),
    ];
    const bindings = backend.device.createBindGroup({
      label: program.name,
      layout: compiled.layout,
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    for (const { dataId } of tensors) backend.commandQueueOwnedIds.add(dataId);
    this.#dispatch(program.name, compiled.pipeline, bindings, run.groups);
  }

  /** Hands all recorded commands to the device. */
  submit(): void {
    const { backend } = this;
    if (!backend.commandEncoder) return;
    backend.endComputePassEncoder();
    backend.submitQueue();
  }

  #compile(program: Program): Compiled {
    const known = this.#compiled.get(program);
    if (known) return known;
    const { layout, descriptor } = this.#describe(program);
    const pipeline = this.backend.device.createComputePipeline(descriptor);
    const compiled = { pipeline, layout, blocks: new Map() };
    this.#compiled.set(program, compiled);
    return compiled;
  }

  #describe(program: Program): { layout: GPUBindGroupLayout; descriptor: GPUComputePipelineDescriptor } {
    const { device } = this.backend;
    const label = program.name;
    const types: GPUBufferBindingType[] = [
      ...Object.keys(program.reads).map(() => 'read-only-storage' as const),
      ...Object.keys(program.writes).map(() => 'storage' as const),
      'uniform',
    ];
    // Said outright. Left to 'auto', the device drops bindings that the shader does not happen to use, refuses the bind
    // group and with it the whole submission: everything then seems to run, and very fast.
    const layout = device.createBindGroupLayout({
      label,
      entries: types.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
    });
    const module = device.createShaderModule({ label, code: sourceOf(program) });
    const descriptor = {
      label,
      layout: device.createPipelineLayout({ label, bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    };
    return { layout, descriptor };
  }

  #block<P extends string>(compiled: Compiled, program: Program, run: Run<string, string, P>): GPUBuffer {
    const names = Object.keys(program.params) as P[];
    const values = names.map((name) => run.params[name]);
    const key = values.join();
    const kept = run.changing ? undefined : compiled.blocks.get(key);
    if (kept) return kept;
    const { device, queue, bufferManager, uniformPendingDisposal } = this.backend;
    const size = 16 * Math.ceil(values.length / 4);
    const view = new DataView(new ArrayBuffer(size));
    names.forEach((name, i) => {
      if (program.params[name] === 'i32') view.setInt32(4 * i, values[i] as number, true);
      else view.setFloat32(4 * i, values[i] as number, true);
    });
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const keep = !run.changing && this.#blocks < keptBlocks;
    const buffer = keep ? device.createBuffer({ size, usage }) : bufferManager.acquireBuffer(size, usage);
    // Written before anything recorded runs; a pooled buffer is not given out twice before the next submission.
    queue.writeBuffer(buffer, 0, view.buffer);
    if (keep) {
      compiled.blocks.set(key, buffer);
      this.#blocks++;
    } else uniformPendingDisposal.push(buffer);
    return buffer;
  }

  #dispatch(name: string, pipeline: GPUComputePipeline, bindings: GPUBindGroup, groups: number): void {
    const { backend } = this;
    const most = this.limits.maxComputeWorkgroupsPerDimension;
    const wide = groups <= most ? groups : Math.ceil(Math.sqrt(groups));
    const timers = backend.activeTimers;
    backend.ensureCommandEncoderReady();
    if (timers && backend.supportTimestampQuery) this.#openTimedPass();
    backend.computePassEncoder ??= (backend.commandEncoder as GPUCommandEncoder).beginComputePass();
    const pass = backend.computePassEncoder;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(wide, Math.ceil(groups / wide));
    backend.dispatchCountInPass++;
    if (timers) {
      backend.endComputePassEncoder();
      timers.push({ name, query: backend.getQueryTime() });
    } else if (backend.dispatchCountInPass >= env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) this.submit();
  }

  /** A pass of its own, timed as tfjs times its kernels. */
  #openTimedPass(): void {
    const { backend } = this;
    backend.endComputePassEncoder();
    backend.querySet ??= backend.device.createQuerySet({ type: 'timestamp', count: backend.querySetCount });
    backend.computePassEncoder = (backend.commandEncoder as GPUCommandEncoder).beginComputePass({
      timestampWrites: { querySet: backend.querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
    });
  }
}
