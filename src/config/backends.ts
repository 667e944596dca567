/** The tfjs backends that can train here, best first where nothing has been measured. */
export const backendNames = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

export function isBackendName(text: string): text is BackendName {
  return (backendNames as readonly string[]).includes(text);
}

/**
 * What became of a backend when one was chosen.
 * `chosen` runs; `slower` passed the self-test and lost the trial; `software` would run on an emulated GPU;
 * `absent` the browser has no such thing; `no-adapter` the browser has it but no device for it;
 * `self-test` gave wrong numbers; `crashed` threw; `not-tried` was not asked, since a choice was made before.
 */
export type Verdict =
  | 'chosen'
  | 'slower'
  | 'software'
  | 'absent'
  | 'no-adapter'
  | 'self-test'
  | 'crashed'
  | 'not-tried';

/** How our WASM kernels run; the page puts it into words. */
export interface WasmFacts {
  /** Whether they use relaxed SIMD's fused multiply-add. */
  readonly relaxed: boolean;
  /** The training worker's own among them. */
  readonly threads: number;
  /**
   * Why there is but one: this page may not share memory; nobody to share with; it may, and had none to share; or helper
   * threads that did not start or died.
   */
  readonly single?: 'not-isolated' | 'one-core' | 'no-shared-memory' | 'helpers-failed';
}

export interface BackendCandidate {
  readonly name: BackendName;
  readonly verdict: Verdict;
  /** The device behind it, in its own words: a GPU's name. */
  readonly adapter?: string;
  /** WASM only, once it has started. */
  readonly wasm?: WasmFacts;
  /** Milliseconds for one step of the trial; absent where none was run. */
  readonly trialMs?: number;
  /** The largest relative error of the self-test. */
  readonly selfTestError?: number;
  /** What an exception said. */
  readonly message?: string;
}

export interface BackendReport {
  readonly chosen: BackendName;
  /** The device behind the chosen backend, in its own words; WASM has none, but facts. */
  readonly adapter: string;
  readonly wasm?: WasmFacts;
  /** What the person or the address asked for; absent where the choice was left to the trial. */
  readonly wanted?: BackendName;
  /** All four, in the order of {@link backendNames}. */
  readonly candidates: readonly BackendCandidate[];
}
