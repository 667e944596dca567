/**
 * Kernels broken on purpose: each must be noticed by what the suites compare with, the same functions on shapes that a
 * suite has, in memory that is poisoned as theirs is. A test that a broken kernel passes would be worth nothing.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeHost } from '../../backend/wasmHost.node.ts';
import type { KernelExports } from './exports.ts';
import { KERNEL } from './kernelIds.ts';
import { type JobName, jobBytes, LAYOUTS } from './layouts.ts';
import type { KernelRuntime } from './runtime.ts';
import { openBoth, PATIENCE, withCode, withRun } from './testing.ts';
import { type Work, works } from './works.testing.ts';

const TOLERANCE = 1e-5;

let runtime: KernelRuntime;

beforeAll(async () => {
  ({ runtime } = await openBoth(nodeHost, { threads: 1 }));
}, PATIENCE);

/** The place of a field in a parameter block, as an index into 32-bit words. */
function word(pointer: number, name: JobName, field: string): number {
  const index = LAYOUTS[name].split(' ').indexOf(field);
  if (index < 0) throw new RangeError(`${name} has no ${field}`);
  return (pointer >>> 2) + index;
}

const ints = () => new Int32Array(runtime.heap.memory.buffer);
const floats = () => new Float32Array(runtime.heap.memory.buffer);
/** An int of a parameter block. */
const get = (pointer: number, name: JobName, field: string) => ints()[word(pointer, name, field)] as number;
const set = (pointer: number, name: JobName, field: string, value: number) => {
  ints()[word(pointer, name, field)] = value;
};
const setFloat = (pointer: number, name: JobName, field: string, value: number) => {
  floats()[word(pointer, name, field)] = value;
};

interface Mutant {
  readonly what: string;
  readonly kernel: number;
  readonly work: Work;
  /** Spoils the parameters of a call before it is made. */
  readonly spoil: (job: number) => void;
}

/** A line of a ConvJob. */
const line = (job: number, i: number) => get(job, 'ConvJob', 'lines') + i * jobBytes('Line');

const mutants: readonly Mutant[] = [
  {
    what: 'a row of taps one pixel to the right',
    kernel: KERNEL.convTiles,
    work: 'conv',
    spoil: (job) => set(line(job, 1), 'Line', 'dx', get(line(job, 1), 'Line', 'dx') + 1),
  },
  {
    what: 'a row of taps one pixel up',
    kernel: KERNEL.convTiles,
    work: 'transposed',
    spoil: (job) => set(line(job, 1), 'Line', 'dy', get(line(job, 1), 'Line', 'dy') - 1),
  },
  {
    what: "a row of taps with another's part of the filter",
    kernel: KERNEL.convTiles,
    work: 'conv',
    spoil: (job) => set(line(job, 1), 'Line', 'panel', get(line(job, 2), 'Line', 'panel')),
  },
  {
    what: 'a tap left out',
    kernel: KERNEL.convTiles,
    work: 'conv',
    spoil: (job) => set(line(job, 3), 'Line', 'pixels', get(line(job, 3), 'Line', 'pixels') - 1),
  },
  {
    what: 'a row of taps left out',
    kernel: KERNEL.convTiles,
    work: 'conv',
    spoil: (job) => set(job, 'ConvJob', 'lineCount', get(job, 'ConvJob', 'lineCount') - 1),
  },
  {
    what: 'windows that start a pixel too far left',
    kernel: KERNEL.convTiles,
    work: 'windows',
    spoil: (job) => set(line(job, 0), 'Line', 'dx', get(line(job, 0), 'Line', 'dx') - 1),
  },
  {
    what: 'no bias',
    kernel: KERNEL.convTiles,
    work: 'windows',
    spoil: (job) => set(job, 'ConvJob', 'bias', get(job, 'ConvJob', 'zeros')),
  },
  {
    what: 'no bias',
    kernel: KERNEL.convTiles,
    work: 'dense',
    spoil: (job) => set(job, 'ConvJob', 'bias', get(job, 'ConvJob', 'zeros')),
  },
  ...(['conv', 'windows', 'transposed', 'dense'] as const).map((work) => ({
    what: 'a leaky ReLU that is linear',
    kernel: KERNEL.convTiles,
    work,
    spoil: (job: number) => setFloat(job, 'ConvJob', 'slope', 1),
  })),
  {
    what: 'one stride phase in the place of another',
    kernel: KERNEL.convTiles,
    work: 'transposed',
    spoil: (job) => set(job, 'ConvJob', 'targetY', 1),
  },
  {
    what: 'the last stride phase left out',
    kernel: KERNEL.convTiles,
    work: 'transposed',
    spoil: (job) => set(job + 2 * jobBytes('ConvJob'), 'ConvJob', 'more', 0),
  },
  {
    what: 'columns added a pixel too low',
    kernel: KERNEL.inputGradColumns,
    work: 'columns',
    spoil: (job) => set(job, 'ColumnsJob', 'top', get(job, 'ColumnsJob', 'top') - 1),
  },
  {
    what: 'windows a pixel off',
    kernel: KERNEL.filterTiles,
    work: 'filter',
    spoil: (job) => set(job, 'FilterJob', 'left', get(job, 'FilterJob', 'left') + 1),
  },
  {
    what: 'windows a pixel off',
    kernel: KERNEL.filterSlabs,
    work: 'slabs',
    spoil: (job) => set(job, 'FilterJob', 'top', get(job, 'FilterJob', 'top') + 1),
  },
  {
    what: 'the last box left out',
    kernel: KERNEL.filterSlabs,
    work: 'slabs',
    spoil: (job) => set(job, 'FilterJob', 'allBoxes', get(job, 'FilterJob', 'allBoxes') - 1),
  },
  {
    what: 'one slab left out of the sum',
    kernel: KERNEL.foldSlabs,
    work: 'slabs',
    spoil: (job) => set(job, 'FoldJob', 'slabCount', get(job, 'FoldJob', 'slabCount') - 1),
  },
  {
    what: 'a filter packed with rows for columns',
    kernel: KERNEL.packPanels,
    work: 'transposed',
    spoil: (job) => {
      const [row, column] = [get(job, 'PackJob', 'rowStride'), get(job, 'PackJob', 'columnStride')];
      set(job, 'PackJob', 'rowStride', column);
      set(job, 'PackJob', 'columnStride', row);
    },
  },
  {
    what: 'one row of depth left out',
    kernel: KERNEL.dotRows,
    work: 'vector',
    spoil: (job) => set(job, 'DotJob', 'depth', get(job, 'DotJob', 'depth') - 1),
  },
  ...(['bias', 'norm'] as const).map((work) => ({
    what: 'the slope of the leaky ReLU left out',
    kernel: work === 'bias' ? KERNEL.biasActGrad : KERNEL.normGradInput,
    work,
    spoil: (job: number) => setFloat(job, work === 'bias' ? 'ActGradJob' : 'NormGradJob', 'slope', 0),
  })),
  {
    what: "the mean in beta's place",
    kernel: KERNEL.affineAct,
    work: 'norm',
    spoil: (job) => set(job, 'AffineActJob', 'shift', get(job, 'AffineActJob', 'centre')),
  },
  {
    what: 'epsilon a hundredth too large',
    kernel: KERNEL.adam,
    work: 'adam',
    spoil: (job) => setFloat(job, 'AdamJob', 'scaledEpsilon', 1e-2),
  },
  {
    what: 'the average taken of the old parameter',
    kernel: KERNEL.adam,
    work: 'adam',
    spoil: (job) => setFloat(job, 'AdamJob', 'oneMinusKeep', 0),
  },
  {
    what: 'a and b exchanged',
    kernel: KERNEL.blend,
    work: 'blend',
    spoil: (job) => {
      const [a, b] = [get(job, 'BlendJob', 'a'), get(job, 'BlendJob', 'b')];
      set(job, 'BlendJob', 'a', b);
      set(job, 'BlendJob', 'b', a);
    },
  },
];

/** Not noticed: NaN, which poison leaves, is more than any tolerance. */
const passes = (error: number) => error < TOLERANCE;

describe('as they are, the kernels pass', { timeout: PATIENCE }, () => {
  test.each(Object.keys(works) as Work[])('%s', async (work) => {
    expect(passes(await works[work]())).toBe(true);
  });
});

describe('broken in their parameters, they do not', { timeout: PATIENCE }, () => {
  test.each(mutants.map((mutant) => [mutant.work, mutant.what, mutant] as const))(
    '%s: %s',
    async (_work, _what, mutant) => {
      let calls = 0;
      const error = await withRun(
        runtime,
        (run, kernel, job, ...rest) => {
          if (kernel === mutant.kernel) {
            calls++;
            mutant.spoil(job);
          }
          run(kernel, job, ...rest);
        },
        () => works[mutant.work](),
      );
      expect(calls).toBeGreaterThan(0);
      expect(passes(error)).toBe(false);
    },
  );
});

/** Which works go through a kernel. */
const through: Readonly<Record<keyof typeof KERNEL, Work>> = {
  biasAct: 'bias',
  biasActGrad: 'bias',
  biasTanh: 'tanh',
  biasTanhGrad: 'tanh',
  moments: 'norm',
  affineAct: 'norm',
  normGradSums: 'norm',
  normGradInput: 'norm',
  adam: 'adam',
  blend: 'blend',
  dotRows: 'vector',
  dotColumns: 'vectorTransposed',
  packPanels: 'conv',
  convTiles: 'conv',
  inputGradColumns: 'columns',
  packBoxes: 'filter',
  filterTiles: 'filter',
  filterSlabs: 'slabs',
  foldSlabs: 'slabs',
};

describe('with a unit of work left undone, they do not', { timeout: PATIENCE }, () => {
  const cases = Object.entries(through).flatMap(([name, work]) =>
    (['first', 'last'] as const).map((which) => [name as keyof typeof KERNEL, which, work] as const),
  );
  test.each(cases)('%s: the %s unit', async (name, which, work) => {
    let units = 0;
    const error = await withRun(
      runtime,
      (run, kernel, job, scratch, from, to) => {
        if (kernel !== KERNEL[name]) return run(kernel, job, scratch, from, to);
        units += to - from;
        run(kernel, job, scratch, which === 'first' ? from + 1 : from, which === 'first' ? to : to - 1);
      },
      () => works[work](),
    );
    expect(units).toBeGreaterThan(0);
    expect(passes(error)).toBe(false);
  });
});

/** What this thread does alone, with a work that needs it. */
const alone = {
  widen: 'bias',
  foldBias: 'bias',
  foldMoments: 'norm',
  widenMean: 'norm',
  foldNormGrad: 'norm',
  foldNorm: 'adam',
  bce: 'losses',
  bceGrad: 'losses',
  meanSigmoid: 'losses',
  normalise: 'power',
  segmentSum: 'gather',
} as const satisfies Readonly<Record<Exclude<keyof KernelExports, 'run'>, Work>>;

test.each(Object.entries(alone))('with %s left undone, they do not', async (name, work) => {
  let calls = 0;
  const undone = () => {
    calls++;
  };
  const error = await withCode(runtime, { [name]: undone }, () => works[work]());
  expect(calls).toBeGreaterThan(0);
  expect(passes(error)).toBe(false);
});
