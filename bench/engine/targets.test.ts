import { expect, test } from 'vitest';
import { type Count, computedRow, measuredRow, type Row } from './report.ts';
import { judge, targets } from './targets.ts';

const about = { work: 'dcgan-28 width 64', backend: 'wasm', batch: 64, threads: 2 };

/** What a run gives that measured little: one row against stock tfjs, ours at 100 ms. */
const against = (peer: string, peerMs: number, change: Partial<Row> = {}): Row => ({
  ...measuredRow(about, [90, 100, 110], peer, [peerMs]),
  ...change,
});

const verdictOf = (text: string, rows: readonly Row[], counts: readonly Count[] = []) =>
  judge({ rows: [...rows], counts: [...counts] }).find((one) => one.text.startsWith(text));

test('a row holds the medians, their ratio, and the range over the median', () => {
  const row = measuredRow(about, [90, 100, 130], 'stock tfjs', [1500, 1200, 1300, 1400]);
  expect(row).toEqual({
    ...about,
    ours_ms: 100,
    peer: 'stock tfjs',
    peer_ms: 1350,
    ratio: 13.5,
    spread: 0.4,
    rounds: 3,
    peer_rounds: 4,
    peer_spread: 0.2222,
  });
  expect(computedRow(about, [200], 'SGEMM limit', 50)).toMatchObject({ ratio: 0.25, spread: 0, rounds: 1 });
});

test('nothing measured, nothing judged', () => {
  expect(judge({ rows: [], counts: [] }).map(({ verdict }) => verdict)).toEqual(targets.map(() => 'not measured'));
});

test('a figure to reach from below: missed, held, stretched', () => {
  const verdicts = [1190, 1200, 1799, 1800].map((ms) =>
    verdictOf('WASM, 2 threads: times stock', [against('stock tfjs', ms)]),
  );
  expect(verdicts.map((one) => one?.verdict)).toEqual(['missed', 'holds', 'holds', 'stretch']);
  expect(verdicts[0]?.value).toBeCloseTo(11.9, 10);
});

test('a figure to reach from above', () => {
  const verdicts = [80, 90, 100].map((ms) => verdictOf('WASM, 2 threads: its time over', [against('PyTorch', ms)]));
  expect(verdicts.map((one) => one?.verdict)).toEqual(['missed', 'holds', 'stretch']);
});

test('a peer on a slow BLAS does not count, nor do other threads, batches and works', () => {
  const rows = [
    against('PyTorch on a slow BLAS', 1000),
    against('PyTorch', 1000, { threads: 1 }),
    against('PyTorch', 1000, { batch: 16 }),
    against('PyTorch', 1000, { work: 'dcgan-32 width 64' }),
  ];
  expect(verdictOf('WASM, 2 threads: its time over', rows)?.verdict).toBe('not measured');
});

test('growth is judged by its worst point', () => {
  const rows = [100, 84, 95].map((ms) => against('its FLOPs at the pace of batch 64', ms));
  expect(verdictOf('growth', rows)).toMatchObject({ verdict: 'holds' });
  expect(verdictOf('growth', [...rows, against('its FLOPs at the pace of batch 64', 80)])?.verdict).toBe('missed');
});

test('dispatches are those of ours on WebGPU', () => {
  const count = (engine: string, backend: string, dispatches: number): Count => ({
    work: 'dcgan-28 width 64',
    backend,
    batch: 4,
    engine,
    dispatches,
    submits: 1,
    bytes: 1,
    written: 0,
    record_ms: 1,
  });
  const counts = [count('stock tfjs', 'webgpu', 500), count('ours', 'webgl', 700), count('ours', 'webgpu', 110)];
  expect(verdictOf('WebGPU: dispatches', [], counts)).toMatchObject({ value: 110, verdict: 'holds' });
});
