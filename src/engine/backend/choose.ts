import * as tf from '@tensorflow/tfjs-core';
import {
  type BackendCandidate,
  type BackendName,
  type BackendReport,
  backendNames,
  type WasmFacts,
} from '../../config/backends.ts';
import { DuelError } from '../../config/errors.ts';
import { type Adapter, findAdapter } from './adapters.ts';
import { registerGradients } from './gradients.ts';
import { watchDevice } from './loss.ts';
import { selfTest, selfTestTolerance } from './selfTest.ts';
import { trial } from './trial.ts';

/** What is known of a backend only once it has started. */
export type Started = Pick<BackendCandidate, 'adapter' | 'wasm'>;

/** For the backends that have threads. */
export interface StartOptions {
  /** How many, the calling one included, instead of as many as suit the machine. */
  readonly threads?: number;
  /** Told when threads have died and the backend goes on with fewer, and when there are new ones. */
  readonly onThreads?: (wasm: WasmFacts) => void;
}

/** Starts one backend and makes it tfjs's current one. */
export type Starter = (options?: StartOptions) => Promise<Started>;
export type Starters = Readonly<Partial<Record<BackendName, Starter>>>;

/**
 * Chooses the backend by trying: of those with a real device behind them, each passes the self-test or is out, and the
 * fastest in a short trial runs. Without a GPU that leaves WASM; plain JavaScript is the last resort. The backend
 * that is wanted is tried alone.
 *
 * @param starters those that exist where this runs
 * @throws DuelError `backend-unavailable` where the wanted one cannot run, `backend-self-test` where it computes wrongly,
 *   `backend-none` where none can
 */
export async function chooseBackend(
  starters: Starters,
  wanted?: BackendName,
  options: StartOptions = {},
): Promise<BackendReport> {
  await registerGradients();
  let lost: WasmFacts | undefined;
  const onThreads = (wasm: WasmFacts) => {
    lost = wasm;
    options.onThreads?.(wasm);
  };
  const found = new Map<BackendName, BackendCandidate>();
  const note = (candidate: BackendCandidate) => {
    found.set(candidate.name, candidate);
    return candidate;
  };

  const order: readonly BackendName[] = wanted ? [wanted] : ['webgpu', 'webgl', 'wasm'];
  const starterOf = (name: BackendName) => {
    const start = starters[name];
    return start && (() => start({ ...options, onThreads }));
  };
  for (const name of order) note(await examine(name, starterOf(name), wanted === name, order.length > 1));
  const passed = () => [...found.values()].filter(({ verdict }) => verdict === 'slower');
  if (!wanted && passed().length === 0) note(await examine('cpu', starterOf('cpu'), false, false));

  const best = passed().sort((a, b) => (a.trialMs ?? 0) - (b.trialMs ?? 0))[0];
  if (!best) throw refusal(wanted && found.get(wanted), wanted);
  for (const { name } of passed()) if (name !== best.name) tf.removeBackend(name);
  await tf.setBackend(best.name);
  const {
    name: chosen,
    adapter = '',
    wasm,
  } = note({
    ...best,
    verdict: 'chosen',
    // A thread that died in the trial.
    ...(lost && best.name === 'wasm' && { wasm: lost }),
  });

  const candidates = backendNames.map((name): BackendCandidate => found.get(name) ?? { name, verdict: 'not-tried' });
  return { chosen, adapter, ...(wasm && { wasm }), ...(wanted && { wanted }), candidates };
}

/** `slower` here means that it could run; the choice is not made yet. */
async function examine(
  name: BackendName,
  start: (() => Promise<Started>) | undefined,
  wanted: boolean,
  race: boolean,
): Promise<BackendCandidate> {
  if (!start) return { name, verdict: 'absent' };
  try {
    const adapter = await findAdapter[name]();
    const about = { name, ...(adapter.text && { adapter: adapter.text }) };
    const out = passedOver(adapter, wanted);
    if (out) return { ...about, verdict: out };
    const known = { ...about, ...(await start()) };
    const complaints: DuelError[] = [];
    watchDevice((error) => complaints.push(error));
    const selfTestError = await selfTest();
    if (!(selfTestError <= selfTestTolerance)) {
      letGo(name);
      return { ...known, verdict: 'self-test', selfTestError };
    }
    // Where only one can win, its speed is still worth showing, but not worth a software GPU's many seconds.
    const trialMs = race || (name !== 'webgpu' && name !== 'webgl' && name !== 'cpu') ? await trial() : undefined;
    // A command that WebGPU rejects does nothing, which looks fast.
    if (complaints[0]) throw complaints[0];
    return { ...known, verdict: 'slower', selfTestError, ...(trialMs !== undefined && { trialMs }) };
  } catch (thrown) {
    letGo(name);
    return { name, verdict: 'crashed', message: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** tfjs throws for a backend that was never registered, as when its module did not load. */
function letGo(name: BackendName): void {
  if (tf.findBackendFactory(name)) tf.removeBackend(name);
}

function passedOver({ state }: Adapter, wanted: boolean): 'software' | 'absent' | 'no-adapter' | undefined {
  if (state === 'present' || (state === 'software' && wanted)) return undefined;
  return state;
}

function refusal(candidate: BackendCandidate | undefined, wanted: BackendName | undefined): DuelError {
  if (!candidate || !wanted) return new DuelError('backend-none');
  if (candidate.verdict === 'self-test') {
    return new DuelError('backend-self-test', { backend: wanted, error: candidate.selfTestError ?? Number.NaN });
  }
  return new DuelError('backend-unavailable', {
    backend: wanted,
    reason: candidate.verdict,
    message: candidate.message ?? '',
  });
}
