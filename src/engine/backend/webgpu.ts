import * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../config/errors.ts';
import { race } from '../ops/webgpu/measure.ts';
import { registerKernels } from '../ops/webgpu/register.ts';
import { adapterKey, recall, remember } from '../ops/webgpu/remember.ts';
import { Runtime } from '../ops/webgpu/runtime.ts';
import type { TfjsWebGpuBackend } from '../ops/webgpu/tfjsBackend.ts';
import { type Choice, startingChoice } from '../ops/webgpu/variants.ts';
import { registerGradients } from './gradients.ts';

/** Limits that tfjs raises to what the adapter has, and the buffers of a shader, which it leaves at 8. */
const raised = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;

/**
 * Starts tfjs's WebGPU backend on a device of our own choosing and gives it our kernels.
 *
 * @throws DuelError 'backend-unavailable' without an adapter
 */
export async function startWebgpu(): Promise<Runtime> {
  await registerGradients();
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new DuelError('backend-unavailable', { backend: 'webgpu', reason: 'no adapter' });
  const device = await adapter.requestDevice({
    // tf.profile measures with it.
    requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: Object.fromEntries(raised.map((limit) => [limit, adapter.limits[limit]])),
  });
  // tfjs's own factory, registered as its module loads, asks for fewer buffers.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info));
  if (!(await tf.setBackend('webgpu'))) throw new DuelError('backend-unavailable', { backend: 'webgpu' });
  const runtime = new Runtime(tf.backend() as unknown as TfjsWebGpuBackend);
  registerKernels(runtime);
  runtime.choice = await choiceFor(runtime, adapter.info);
  return runtime;
}

/** Which variants of the kernels to run: as measured now or at an earlier start. */
async function choiceFor(runtime: Runtime, info: GPUAdapterInfo): Promise<Choice> {
  // In software, workgroup memory is memory like any other, and compiling all variants would take seconds.
  if (info.isFallbackAdapter) return startingChoice;
  const key = adapterKey(info);
  const known = await recall(key);
  if (known) return known;
  const { choice, complete } = await race(runtime);
  if (complete) await remember(key, choice);
  return choice;
}
