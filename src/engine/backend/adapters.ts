import type { BackendName } from '../../config/backends.ts';

/** What stands behind a backend, found out without starting it. */
export interface Adapter {
  readonly state: 'present' | 'software' | 'absent' | 'no-adapter';
  /** In its own words. */
  readonly text?: string;
}

const softwareNames = /swiftshader|llvmpipe|software|softpipe|lavapipe|basic render|warp/i;

/**
 * Asked first, since tfjs fails without a word on a null adapter (tfjs #8065).
 */
async function webgpu(): Promise<Adapter> {
  const gpu = globalThis.navigator?.gpu;
  if (!gpu) return { state: 'absent' };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { state: 'no-adapter' };
  const { vendor, architecture, device, description } = adapter.info;
  const text = description || [vendor, architecture, device].filter(Boolean).join(' ') || 'WebGPU';
  const fallback = (adapter.info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true;
  return { state: fallback || softwareNames.test(`${text} ${architecture}`) ? 'software' : 'present', text };
}

async function webgl(): Promise<Adapter> {
  if (typeof OffscreenCanvas === 'undefined') return { state: 'absent' };
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return { state: 'no-adapter' };
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const text = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return { state: softwareNames.test(text) ? 'software' : 'present', text: shorten(text) };
}

/** "ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)" is mostly not the GPU's name. */
function shorten(renderer: string): string {
  const inner = /^ANGLE \([^,]*, (?:ANGLE Metal Renderer: )?(.+?)(?:, [^,]*)?\)$/.exec(renderer)?.[1] ?? renderer;
  return inner.replace(/ (Direct3D|OpenGL|Vulkan)\b.*$/, '').slice(0, 80);
}

export const findAdapter: Readonly<Record<BackendName, () => Promise<Adapter>>> = {
  webgpu,
  webgl,
  wasm: async () => ({ state: typeof WebAssembly === 'object' ? 'present' : 'absent' }),
  cpu: async () => ({ state: 'present', text: 'JavaScript' }),
};
