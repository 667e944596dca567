/**
 * The charts alone, fed with invented runs through the page's own store, for `charts.ts` to measure and for eyes to
 * look at. What is measured is what a `progress` event costs: the store, the series, the charts.
 */
import '@fontsource-variable/inter';
import '../src/ui/tokens.css';
import '../src/ui/base.css';
import { createRoot } from 'react-dom/client';
import type { EngineClient } from '../src/client/client.ts';
import { signals } from '../src/config/signals.ts';
import Signals from '../src/features/charts/Signals.tsx';
import { SignalsPlaceholder } from '../src/features/charts/SignalsPlaceholder.tsx';
import { setLanguage } from '../src/i18n/i18n.ts';
import { DuelContext } from '../src/state/react.ts';
import { createDuel } from '../src/state/store.ts';
import type { Event } from '../src/worker/protocol.ts';

/** A repeatable noise, evenly in [0, 1). */
function noiseOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A run as they often look: losses that settle noisily, now and then a spike, later D slowly ahead. */
function rowsOf(noise: () => number, from: number, count: number): Float32Array {
  const rows = new Float32Array(count * signals.length);
  for (let i = 0; i < count; i++) {
    const step = from + i;
    const early = Math.exp(-step / 150);
    const late = Math.min(0.25, step / 40_000);
    const spike = noise() < 0.002 ? 1 + 3 * noise() : 0;
    const wave = 0.05 * Math.sin(step / 300);
    const around = (size: number) => size * (noise() + noise() + noise() - 1.5);
    const [dReal, dFake] = [
      0.68 - 0.18 * early + late / 2 + wave + around(0.08),
      0.32 + 0.18 * early - late / 2 - wave + around(0.08),
    ];
    const row = [
      1.05 + 0.35 * early - late + spike / 2 + around(0.22),
      1.15 - 0.45 * early + 2 * late + spike + around(0.3),
      Math.max(0.01, Math.min(0.99, dReal)),
      Math.max(0.01, Math.min(0.99, dFake)),
      (0.5 + 2 * early) * Math.exp(around(0.5)) * (1 + 4 * spike),
      (0.25 + 1.4 * early) * Math.exp(around(0.6)) * (1 + 4 * spike),
    ];
    rows.set(row, i * signals.length);
  }
  return rows;
}

interface Run {
  push(count: number): void;
}

const runs: Run[] = [];

/** Mounts the charts of a run that has made `steps` steps. @returns its index */
function open(steps: number, seed = 7): number {
  let listener: (event: Event) => void = () => {};
  const engine: EngineClient = {
    send: () => {},
    listen: (to) => {
      listener = to;
      return () => {};
    },
    close: () => {},
  };
  const duel = createDuel(engine);
  const noise = noiseOf(seed);
  let step = 0;
  const push = (count: number) => {
    const rows = rowsOf(noise, step + 1, count);
    step += count;
    const figures = { epoch: 0, seconds: 0, stepsPerSecond: 0, imagesPerSecond: 0, tensors: 0, bytes: 0 };
    listener({ type: 'progress', runId: 0, step, rows, count, ...figures });
  };
  for (let left = steps; left > 0; left -= 5000) push(Math.min(left, 5000));
  const column = document.createElement('main');
  column.style.cssText =
    'width: min(100vw, 352px); height: min(100vh, 828px); display: inline-flex; vertical-align: top';
  document.body.append(column);
  createRoot(column).render(<DuelContext value={duel}>{steps < 0 ? <SignalsPlaceholder /> : <Signals />}</DuelContext>);
  runs.push({ push });
  return runs.length - 1;
}

const bench = { open, push: (run: number, count: number) => runs[run]?.push(count), setLanguage };
export type ChartBench = typeof bench;
Object.assign(window, { chartBench: bench });
