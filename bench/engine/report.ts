import type { Failure } from './race.ts';
import { median, significant, spread } from './statistics.ts';

/** Ours against one peer at one work. */
export interface Row {
  readonly work: string;
  readonly backend: string;
  readonly batch: number;
  /** Ours ran on. */
  readonly threads: number;
  /** Median over the rounds, of one step or one product. */
  readonly ours_ms: number;
  readonly peer: string;
  readonly peer_ms: number;
  /** Peer's time over ours: over 1 where ours is faster. */
  readonly ratio: number;
  /** Of ours over the rounds: (largest - smallest) / median. */
  readonly spread: number;
  /** Of ours, and of the peer where it was timed itself: a slow one sits rounds out. */
  readonly rounds: number;
  readonly peer_rounds?: number;
  readonly peer_spread?: number;
}

/** What one step asks of its backend, once it is warm. */
export interface Count {
  readonly work: string;
  readonly backend: string;
  readonly batch: number;
  readonly engine: string;
  /** Compute dispatches on WebGPU, draw calls on WebGL, kernels run on WASM. */
  readonly dispatches: number;
  readonly submits: number;
  /** Held by the backend after the step: buffers or textures and their pools, or the WASM heap. */
  readonly bytes: number;
  /** Written to the GPU during the step. */
  readonly written: number;
  /** Milliseconds of JavaScript until the step is recorded; on WASM, where nothing waits, until it is done. */
  readonly record_ms: number;
}

export interface About {
  readonly work: string;
  readonly backend: string;
  readonly batch: number;
  readonly threads: number;
}

/** Everything that a run found out. */
export interface Report {
  readonly rows: Row[];
  readonly counts: Count[];
  /** What each engine runs on, in its own words. */
  readonly engines: Record<string, string>;
  /** What could not be measured here, and why. */
  readonly missing: string[];
  /** What should have been measured and broke. */
  readonly failures: Failure[];
}

export function emptyReport(): Report {
  return { rows: [], counts: [], engines: {}, missing: [], failures: [] };
}

const figures = (value: number) => significant(value, 4);

/** A row out of both sides' times, one value a round. */
export function measuredRow(about: About, ours: readonly number[], peer: string, peerTimes: readonly number[]): Row {
  return {
    ...computedRow(about, ours, peer, median(peerTimes)),
    peer_rounds: peerTimes.length,
    peer_spread: figures(spread(peerTimes)),
  };
}

/** A row against a time that follows from others: a limit, or what the operations would take elsewhere. */
export function computedRow(about: About, ours: readonly number[], peer: string, peerMs: number): Row {
  const oursMs = median(ours);
  return {
    ...about,
    ours_ms: figures(oursMs),
    peer,
    peer_ms: figures(peerMs),
    ratio: figures(peerMs / oursMs),
    spread: figures(spread(ours)),
    rounds: ours.length,
  };
}
