import { beforeAll, describe, expect, test } from 'vitest';
import { type Change, initialExperiment } from '../config/experiment.ts';
import { nodeStarters } from './backend/node.ts';
import { Dirac, type DiracState, type Order } from './dirac.ts';
import { openStreams, type Stream } from './streams.ts';
import { use } from './testing/backends.ts';

beforeAll(() => use(nodeStarters, 'cpu'));

const plain: Change = { 'objective.realLabel': 1 };
const start: DiracState = { theta: 1, psi: 1 };
const rate = 0.2;

/** The states after these numbers of updates, from (1, 1). */
async function radiiAfter(
  counts: readonly number[],
  change: Change,
  order: Order,
  dirac = new Dirac(),
): Promise<DiracState[]> {
  const experiment = { ...initialExperiment, ...plain, ...change };
  const found: DiracState[] = [];
  let state = start;
  for (let step = 1; step <= (counts.at(-1) as number); step++) {
    state = await dirac.update(state, experiment, rate, order);
    if (counts.includes(step)) found.push(state);
  }
  dirac.dispose();
  return found;
}

const radius = ({ theta, psi }: DiracState) => Math.hypot(theta, psi);

/** Within 1e-5, of the figure where it is above 1. */
function expectRadii(states: readonly DiracState[], wanted: readonly number[]): void {
  states.forEach((state, i) => {
    const figure = wanted[i] as number;
    expect(Math.abs(radius(state) - figure) / Math.max(1, figure)).toBeLessThan(1e-5);
  });
  expect(states.length).toBe(wanted.length);
}

/**
 * Distance from the goal, by the code of Mescheder et al. 2018 (GAN_stability, notebooks/diracgan) with rate 0.2. Their
 * penalty's strength enters as -strength times psi's excess, ours as a price: theirs is twice our lambda.
 */
const rows: { name: string; change: Change; simultaneous: number[]; alternating?: number[] }[] = [
  {
    name: 'minimax',
    change: { 'objective.loss': 'minimax' },
    simultaneous: [1.416258, 1.440798, 1.962624, 3.096949],
    alternating: [1.418579, 1.403529, 1.421019],
  },
  {
    name: 'non-saturating',
    change: { 'objective.loss': 'nonSaturating' },
    simultaneous: [1.356254, 1.255022, 0.741471, 0.640207],
    alternating: [1.169487, 0.575548, 0.283923],
  },
  {
    name: 'Wasserstein',
    change: { 'objective.loss': 'wasserstein' },
    simultaneous: [1.442221, 1.720607, 10.050368, 25635.974],
    alternating: [1.303941, 1.299279, 1.397863],
  },
  {
    name: 'Wasserstein, clipped',
    change: { 'objective.loss': 'wasserstein', 'reg.clip': 1 },
    simultaneous: [1.280625, 1.10302, 1.272435, 1.002152],
    alternating: [0.960775, 0.977548, 1.024119],
  },
  {
    name: 'Wasserstein, gradient penalty',
    change: { 'objective.loss': 'wasserstein', 'reg.gp': 0.35 },
    simultaneous: [1.442221, 1.444345, 1.799282, 1.801793],
    alternating: [1.18934, 1.438005, 1.221067],
  },
  {
    // By numpy: theta' = -psi, psi' = theta where psi theta < 1, its slope at the margin itself being 0, as PyTorch has it.
    // Crossing the margin over and over, float32 leaves float64 by 1e-5 at step 209.
    name: 'hinge',
    change: { 'objective.loss': 'hinge' },
    simultaneous: [1.280625, 1.527819, 1.676944],
    alternating: [1.303941, 1.299279, 1.397863],
  },
  {
    name: 'minimax, R1 0.3',
    change: { 'objective.loss': 'minimax', 'reg.r1': 0.3 },
    simultaneous: [1.3722, 0.963335, 0.098989, 3e-6],
    alternating: [0.946403, 0.061004, 0],
  },
  {
    name: 'minimax, R1 1',
    change: { 'objective.loss': 'minimax', 'reg.r1': 1 },
    simultaneous: [1.274469, 0.665728, 0.000379, 0],
    alternating: [0.663413, 0.001093, 0],
  },
  {
    name: 'non-saturating, R1 0.3',
    change: { 'objective.loss': 'nonSaturating', 'reg.r1': 0.3 },
    simultaneous: [1.310179, 0.746935, 0.076609, 2e-6],
    alternating: [0.697402, 0.048484, 0],
  },
  {
    // By numpy from the field and its Jacobian. Their code's are below.
    name: 'minimax, consensus 1',
    change: { 'objective.loss': 'minimax', 'reg.consensus': 1 },
    simultaneous: [1.425698, 1.505123, 0.023162, 0],
    alternating: [1.468244, 0.014102, 0],
  },
];

describe('DiracGAN', () => {
  test.each(rows)('$name', async ({ change, simultaneous, alternating }) => {
    expectRadii(
      await radiiAfter([1, 10, 100, 500].slice(0, simultaneous.length), change, 'simultaneous'),
      simultaneous,
    );
    if (alternating) expectRadii(await radiiAfter([10, 100, 500], change, 'alternating'), alternating);
  });

  test.each([
    { order: 'simultaneous', counts: [1, 10, 100, 500], wanted: [1.410764, 1.312759, 0.018693, 0] },
    { order: 'alternating', counts: [10, 100, 500], wanted: [1.2581, 0.010975, 0] },
  ] as const)(
    "consensus 1, $order: their code, which halves the price's second part",
    async ({ order, counts, wanted }) => {
      const dirac = new Dirac();
      const experiment = { ...initialExperiment, ...plain, 'objective.loss': 'minimax', 'reg.consensus': 1 } as const;
      // The price is (psi^2 + theta^2) f'(psi theta)^2 / 2. In its gradient the part that comes of f'' is halved there.
      const halved = ({ theta, psi }: DiracState) => {
        const slope = 1 / (1 + Math.exp(psi * theta));
        return 0.2 * 0.5 * (psi ** 2 + theta ** 2) * slope * -slope * (1 - slope);
      };
      const found: DiracState[] = [];
      let state = start;
      for (let step = 1; step <= (counts.at(-1) as number); step++) {
        const moved = await dirac.update(state, experiment, rate, 'simultaneous');
        const theta = moved.theta + halved(state) * state.psi;
        const seen = order === 'alternating' ? { ...state, theta } : state;
        const { psi } = order === 'alternating' ? await dirac.update(seen, experiment, rate, 'simultaneous') : moved;
        state = { theta, psi: psi + halved(seen) * seen.theta };
        if (counts.some((count) => count === step)) found.push(state);
      }
      dirac.dispose();
      expectRadii(found, wanted);
    },
  );

  test('minimax, instance noise 0.7', async () => {
    // Seven nodes of a rule like Gauss's with whole numbers for weights, right for all powers to the seventh and nearly to the tenth:
    // the mean over them is the noise's expectation, to 2e-6 of a radius.
    const nodes = [0, 1.0799167152317417, 2.237321449192852, 3.5892386197274426];
    const [none, ...times] = [436, 252, 41, 1];
    const points = [
      ...new Array<number>(none as number).fill(0),
      ...times.flatMap((count, i) => [1, -1].flatMap((sign) => new Array(count).fill(sign * (nodes[i + 1] as number)))),
    ];
    const normals = (count: number, deviation: number, _mean: number, values: Float32Array) => {
      expect([count, values.length]).toEqual([points.length, points.length]);
      values.set(points.map((point) => deviation * point));
    };
    const streams = { ...openStreams(0), noise: { normals } as unknown as Stream };
    const change: Change = { 'objective.loss': 'minimax', 'reg.noise': 0.7, 'reg.noiseSteps': 0 };
    const dirac = new Dirac({ count: points.length, streams });
    const radii = await radiiAfter([1, 10, 100, 500], change, 'simultaneous', dirac);
    expectRadii(radii, [1.386649, 1.070925, 0.203813, 5.7e-5]);
  });
});
