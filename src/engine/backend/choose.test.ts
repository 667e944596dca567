import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type BackendName, backendNames, type WasmFacts } from '../../config/backends.ts';
import { DuelError } from '../../config/errors.ts';
import { chooseBackend, type Starter, type Starters } from './choose.ts';
import { registerGradients } from './gradients.ts';
import { trial } from './trial.ts';

/** Milliseconds a step that the stand-ins of GPUs say; the true trial has a test of its own. */
const speed = vi.hoisted(() => ({ of: {} as Record<string, number | Error> }));
vi.mock('./trial.ts', async (original) => ({
  ...(await original<typeof import('./trial.ts')>()),
  trial: vi.fn(async () => {
    const { getBackend } = await import('@tensorflow/tfjs-core');
    const answer = speed.of[getBackend()] ?? 100;
    if (answer instanceof Error) throw answer;
    return answer;
  }),
}));

/** A backend of any name that computes as plain JavaScript does: real kernels, with a fault on demand. */
function standIn(name: BackendName, fault?: Fault): Starter {
  return async () => {
    const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu');
    if (!tf.findBackendFactory(name)) tf.registerBackend(name, () => new MathBackendCPU());
    if (name !== 'cpu') {
      for (const { kernelName } of tf.getKernelsForBackend(name)) tf.unregisterKernel(kernelName, name);
      tf.copyRegisteredKernels('cpu', name);
    }
    for (const kernelName of fault?.kernels ?? []) replace(kernelName, name, fault?.change ?? (() => {}));
    if (!(await tf.setBackend(name))) throw new Error(`${name} did not start`);
    return { adapter: `stand-in for ${name}` };
  };
}

interface Fault {
  readonly kernels: readonly string[];
  readonly change: (values: Float32Array) => void;
}

/** Lets a kernel's result pass through `change`, on one backend. */
function replace(kernelName: string, backendName: BackendName, change: Fault['change']): void {
  const { kernelFunc } = tf.getKernel(kernelName, backendName);
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: (params) => {
      const info = kernelFunc(params) as tf.TensorInfo;
      change((params.backend as unknown as { readSync(id: object): Float32Array }).readSync(info.dataId));
      return info;
    },
  });
}

/** As a half-precision device keeps a number: 11 significant bits. */
function halve(values: Float32Array): void {
  for (const [i, value] of values.entries()) {
    const last = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
    if (value !== 0) values[i] = Math.round(value / last) * last;
  }
}

const broken: Starter = async () => {
  throw new Error('no such luck');
};

/** Gives this machine a GPU that WebGPU and WebGL find. */
function plugIn({ adapter = 'Real GPU', gl = 'Real GPU' }: { adapter?: string | null; gl?: string | null } = {}): void {
  const info = { vendor: 'v', architecture: 'a', device: 'd', description: adapter };
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => (adapter === null ? null : { info }) } });
  const context = { getExtension: () => null, getParameter: () => gl, RENDERER: 1 };
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext() {
        return gl === null ? null : context;
      }
    },
  );
}

async function failure(choice: Promise<unknown>): Promise<DuelError> {
  const thrown = await choice.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof DuelError)) throw new Error(`not a named error: ${String(thrown)}`);
  return thrown;
}

const verdicts = ({ candidates }: Awaited<ReturnType<typeof chooseBackend>>) =>
  Object.fromEntries(candidates.map(({ name, verdict }) => [name, verdict]));

const everywhere: Starters = Object.fromEntries(backendNames.map((name) => [name, standIn(name)]));

describe('chooseBackend', () => {
  beforeAll(async () => {
    await registerGradients();
    await import('@tensorflow/tfjs-backend-cpu');
  });

  beforeEach(() => {
    speed.of = {};
    vi.mocked(trial).mockClear();
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    for (const name of backendNames) if (name !== 'cpu' && tf.findBackend(name)) tf.removeBackend(name);
  });

  test('threads: as many as asked for, and those that die in the trial are told of', async () => {
    const four: WasmFacts = { relaxed: true, threads: 4 };
    const one: WasmFacts = { relaxed: true, threads: 1, single: 'helpers-failed' };
    let asked: number | undefined;
    const wasm: Starter = async (options) => {
      asked = options?.threads;
      await standIn('wasm')();
      vi.mocked(trial).mockImplementationOnce(async () => {
        options?.onThreads?.(one);
        return 100;
      });
      return { wasm: four };
    };
    const onThreads = vi.fn();
    const report = await chooseBackend({ wasm }, undefined, { threads: 4, onThreads });
    expect(asked).toBe(4);
    expect(onThreads).toHaveBeenCalledExactlyOnceWith(one);
    expect(report.wasm).toEqual(one);
    expect(report.candidates[2]).toMatchObject({ verdict: 'chosen', wasm: one });
  });

  test('without a GPU: WASM, and why the others are not it', async () => {
    const report = await chooseBackend(everywhere);
    expect(report).toMatchObject({ chosen: 'wasm', adapter: 'stand-in for wasm' });
    expect(report).not.toHaveProperty('wanted');
    expect(verdicts(report)).toEqual({ webgpu: 'absent', webgl: 'absent', wasm: 'chosen', cpu: 'not-tried' });
    expect(report.candidates.map(({ name }) => name)).toEqual(backendNames);
    const wasm = report.candidates[2];
    expect(wasm?.trialMs).toBe(100);
    expect(wasm?.selfTestError).toBeLessThan(1e-5);
    expect(tf.getBackend()).toBe('wasm');
  });

  test('with a GPU the fastest in the trial runs, and the others let go of their memory', async () => {
    plugIn();
    speed.of = { webgpu: 30, webgl: 8, wasm: 90 };
    const report = await chooseBackend(everywhere);
    expect(report.chosen).toBe('webgl');
    expect(verdicts(report)).toEqual({ webgpu: 'slower', webgl: 'chosen', wasm: 'slower', cpu: 'not-tried' });
    expect(report.candidates.map(({ trialMs }) => trialMs)).toEqual([30, 8, 90, undefined]);
    expect(tf.getBackend()).toBe('webgl');
    expect([tf.findBackend('webgpu'), tf.findBackend('wasm')]).toEqual([null, null]);
  });

  test('a GPU that is slower than WASM does not run', async () => {
    plugIn();
    speed.of = { webgpu: 300, webgl: 200, wasm: 90 };
    expect((await chooseBackend(everywhere)).chosen).toBe('wasm');
  });

  test.each([
    [
      'SwiftShader',
      { adapter: 'SwiftShader Device', gl: 'ANGLE (Google, Vulkan (SwiftShader), SwiftShader driver)' },
      'software',
    ],
    ['no adapter', { adapter: null, gl: null }, 'no-adapter'],
  ] as const)('%s is passed over without being started', async (_, machine, verdict) => {
    plugIn(machine);
    const start = vi.fn(broken);
    const report = await chooseBackend({ ...everywhere, webgpu: start, webgl: start });
    expect(verdicts(report)).toEqual({ webgpu: verdict, webgl: verdict, wasm: 'chosen', cpu: 'not-tried' });
    expect(start).not.toHaveBeenCalled();
  });

  test('one that throws is out, with what it said', async () => {
    plugIn();
    const report = await chooseBackend({ ...everywhere, webgpu: broken });
    expect(report.candidates[0]).toMatchObject({ verdict: 'crashed', message: 'no such luck' });
    expect(report.candidates[0]).not.toHaveProperty('trialMs');
    expect(report.chosen).not.toBe('webgpu');
  });

  test('one that throws in the trial is out too', async () => {
    plugIn();
    speed.of = { webgpu: new Error('device lost'), webgl: 5 };
    const report = await chooseBackend(everywhere);
    expect(report.candidates[0]).toMatchObject({ verdict: 'crashed', message: 'device lost' });
    expect(report.chosen).toBe('webgl');
  });

  test.each<[string, Fault]>([
    // Pixel 10 Pro, tfjs #8590.
    ['gradients of zero', { kernels: ['Conv2DBackpropFilter'], change: (values) => values.fill(0) }],
    ['NaN', { kernels: ['Conv2D'], change: (values) => values.fill(Number.NaN, 3, 4) }],
    ['one wrong element', { kernels: ['Conv2DBackpropInput'], change: (values) => values.fill(1, 5, 6) }],
    [
      'half precision',
      {
        kernels: ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter', 'BatchMatMul', 'Multiply', 'Sub'],
        change: halve,
      },
    ],
  ])('one that computes wrongly is out: %s', async (_, fault) => {
    plugIn();
    const webgpu = standIn('webgpu', fault);
    const report = await chooseBackend({ ...everywhere, webgpu });
    expect(report.candidates[0]?.verdict).toBe('self-test');
    expect(report.candidates[0]?.selfTestError).not.toBeLessThan(1e-3);
    expect(report.chosen).not.toBe('webgpu');
    // Wanted by name, it is still refused.
    expect(await failure(chooseBackend({ webgpu }, 'webgpu'))).toMatchObject({
      code: 'backend-self-test',
      detail: { backend: 'webgpu' },
    });
  });

  test('where only plain JavaScript is left, it runs', async () => {
    const report = await chooseBackend({ wasm: broken, cpu: standIn('cpu') });
    expect(verdicts(report)).toEqual({ webgpu: 'absent', webgl: 'absent', wasm: 'crashed', cpu: 'chosen' });
  });

  test('where nothing is left, backend-none', async () => {
    expect(await failure(chooseBackend({}))).toMatchObject({ code: 'backend-none' });
    expect(await failure(chooseBackend({ wasm: broken, cpu: broken }))).toMatchObject({ code: 'backend-none' });
  });

  describe('wanted', () => {
    test('it alone is tried', async () => {
      plugIn();
      const report = await chooseBackend(everywhere, 'webgl');
      expect(report).toMatchObject({ chosen: 'webgl', wanted: 'webgl' });
      expect(verdicts(report)).toEqual({ webgpu: 'not-tried', webgl: 'chosen', wasm: 'not-tried', cpu: 'not-tried' });
    });

    test('a software GPU runs when it is wanted, without a trial of many seconds', async () => {
      plugIn({ adapter: 'SwiftShader Device' });
      const report = await chooseBackend(everywhere, 'webgpu');
      expect(report.chosen).toBe('webgpu');
      expect(trial).not.toHaveBeenCalled();
    });

    test.each<[string, BackendName, Starters, { adapter?: null; gl?: null } | undefined, string]>([
      ['the browser has no WebGPU', 'webgpu', everywhere, undefined, 'absent'],
      ['WebGPU has no adapter', 'webgpu', everywhere, { adapter: null }, 'no-adapter'],
      ['WebGL has no context', 'webgl', everywhere, { gl: null }, 'no-adapter'],
      ['nothing here can start it', 'wasm', {}, undefined, 'absent'],
      ['it throws', 'wasm', { wasm: broken }, undefined, 'crashed'],
    ])('unavailable: %s', async (_, wanted, starters, machine, reason) => {
      if (machine) plugIn(machine);
      const message = reason === 'crashed' ? 'no such luck' : '';
      expect(await failure(chooseBackend(starters, wanted))).toMatchObject({
        code: 'backend-unavailable',
        detail: { backend: wanted, reason, message },
      });
    });

    test('a name that no backend has is refused, and nothing is chosen in its place', async () => {
      expect(await failure(chooseBackend(everywhere, 'quantum' as BackendName))).toMatchObject({
        code: 'backend-unavailable',
        detail: { backend: 'quantum', reason: 'absent' },
      });
    });
  });
});
