import * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../../config/errors.ts';
import { registerKernels } from '../ops/webgpu/register.ts';
import { Runtime } from '../ops/webgpu/runtime.ts';
import type { TfjsWebGpuBackend } from '../ops/webgpu/tfjsBackend.ts';
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
  return runtime;
}
