import type { Count, Report, Row } from './report.ts';

/** A figure that the engine is to reach; where `atMost`, from above. */
interface Target {
  readonly text: string;
  readonly must: number;
  readonly stretch: number;
  readonly atMost?: boolean;
  /** Set for a GPU in software; on a real one it says nothing. */
  readonly software?: boolean;
  /** @returns undefined where it was not measured */
  readonly value: (report: Pick<Report, 'rows' | 'counts'>) => number | undefined;
}

export interface Verdict {
  readonly text: string;
  readonly must: number;
  readonly stretch: number;
  readonly value?: number;
  readonly verdict: 'stretch' | 'holds' | 'missed' | 'not measured';
}

const standard = 'dcgan-28 width 64';

const row =
  (wanted: Partial<Row>, value: (row: Row) => number = ({ ratio }) => ratio): Target['value'] =>
  ({ rows }) => {
    const found = rows.find((one) => Object.entries(wanted).every(([key, want]) => one[key as keyof Row] === want));
    return found && value(found);
  };

const count =
  (wanted: Partial<Count>, value: (count: Count) => number): Target['value'] =>
  ({ counts }) => {
    const found = counts.filter((one) =>
      Object.entries(wanted).every(([key, want]) => one[key as keyof Count] === want),
    );
    return found.length > 0 ? Math.max(...found.map(value)) : undefined;
  };

const step = (threads: number, peer: string) => ({ work: standard, backend: 'wasm', batch: 64, threads, peer });
/** How many times the peer's time ours takes. */
const slower = ({ ratio }: Row) => 1 / ratio;
const percent = ({ ratio }: Row) => 100 * ratio;

export const targets: readonly Target[] = [
  { text: 'WASM, 2 threads: times stock tfjs', must: 12, stretch: 18, value: row(step(2, 'stock tfjs')) },
  { text: 'WASM, 1 thread: times stock tfjs', must: 7, stretch: 9, value: row(step(1, 'stock tfjs')) },
  {
    text: "WASM, 2 threads: its time over native PyTorch's",
    must: 1.2,
    stretch: 1,
    atMost: true,
    value: row(step(2, 'PyTorch'), slower),
  },
  {
    text: 'WASM, 2 threads: % of the WASM GEMM ceiling',
    must: 75,
    stretch: 85,
    value: row(step(2, 'WASM GEMM ceiling'), percent),
  },
  {
    text: 'GEMM 1024, 1 thread: times XNNPACK',
    must: 1.25,
    stretch: 1.5,
    value: row({ work: 'matmul 1024x1024x1024', threads: 1, peer: 'stock tfjs' }),
  },
  {
    text: 'WebGPU in software, batch 4: times stock tfjs',
    software: true,
    must: 15,
    stretch: 25,
    value: row({ work: standard, backend: 'webgpu', batch: 4, peer: 'stock tfjs' }),
  },
  {
    text: 'WebGPU: dispatches a step',
    must: 120,
    stretch: 100,
    atMost: true,
    value: count({ backend: 'webgpu', engine: 'ours' }, ({ dispatches }) => dispatches),
  },
  {
    text: 'WebGL, batch 4: times stock tfjs',
    must: 1,
    stretch: 1.2,
    value: row({ work: standard, backend: 'webgl', batch: 4, peer: 'stock tfjs' }),
  },
  {
    text: 'WASM, batch 4: times jax-js',
    must: 50,
    stretch: 200,
    value: row({ work: standard, backend: 'wasm', batch: 4, peer: 'jax-js' }),
  },
  {
    text: "WGAN-GP step: its time over the plain step's",
    must: 3.5,
    stretch: 2.5,
    atMost: true,
    value: row({ peer: 'our plain step' }, slower),
  },
  {
    text: 'growth: worst time over what the FLOPs predict',
    must: 1.2,
    stretch: 1.1,
    atMost: true,
    value: ({ rows }) => {
      const times = rows.filter(({ peer }) => peer.startsWith('its FLOPs')).map(slower);
      return times.length > 0 ? Math.max(...times) : undefined;
    },
  },
];

/** Which targets hold, from what was measured. */
export function judge(report: Pick<Report, 'rows' | 'counts'>, list: readonly Target[] = targets): Verdict[] {
  return list.map(({ text, must, stretch, atMost = false, value }) => {
    const found = value(report);
    if (found === undefined) return { text, must, stretch, verdict: 'not measured' };
    const reaches = (limit: number) => (atMost ? found <= limit : found >= limit);
    const verdict = reaches(stretch) ? 'stretch' : reaches(must) ? 'holds' : 'missed';
    return { text, must, stretch, value: found, verdict };
  });
}
