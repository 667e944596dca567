import { beforeAll, describe, expect, test } from 'vitest';
import { classifiers } from '../../config/classifiers.ts';
import { chooseBackend } from '../backend/choose.ts';
import { nodeStarters } from '../backend/node.ts';
import { fileSource } from '../data/fileSource.node.ts';
import { loadDataset } from '../data/load.ts';
import { gather } from '../data/sampler.ts';
import { openStreams } from '../streams.ts';
import { loadClassifier } from './classifier.ts';
import { measureStacked, numbersOf, stackedCount } from './stacked.ts';

beforeAll(() => chooseBackend(nodeStarters, 'wasm', {}));

const digits = await loadDataset('digits', fileSource());
const stacked = await loadDataset('stacked', fileSource());

/** The numbers that stacked images show, found by looking for each colour's pixels among the digits. */
function knownNumbers(split: 'train' | 'heldOut', count: number): number[] {
  const length = 28 * 28;
  const text = (pixels: Uint8Array) => Buffer.from(pixels).toString('latin1');
  const labels = new Map(
    Array.from(digits[split].labels, (label, i) => [
      text(digits[split].pixels.subarray(i * length, (i + 1) * length)),
      label,
    ]),
  );
  return Array.from({ length: count }, (_, i) =>
    [0, 1, 2].reduce((number, channel) => {
      const from = i * length * 3 + channel;
      const pixels = Uint8Array.from({ length }, (_, j) => stacked[split].pixels[from + 3 * j] as number);
      return 10 * number + (labels.get(text(pixels)) ?? Number.NaN);
    }, 0),
  );
}

describe('stacked digits', () => {
  test('are made of digits of the same split, all thousand numbers among those to train on', () => {
    const numbers = knownNumbers('train', stacked.train.count);
    expect(numbers.every(Number.isInteger)).toBe(true);
    // 20,000 draws miss one of a thousand with a chance of 2e-6.
    expect(new Set(numbers).size).toBe(1000);
    expect(knownNumbers('heldOut', stacked.heldOut.count).every(Number.isInteger)).toBe(true);
  });

  test('the classifier tells their numbers as well as its accuracy on single digits promises', async () => {
    const classifier = await loadClassifier('digits', fileSource());
    const { count } = stacked.heldOut;
    const images = gather(
      stacked.heldOut,
      Array.from({ length: count }, (_, i) => i),
      28,
      3,
    );
    const told = await numbersOf(classifier, images, 28);
    classifier.dispose();
    const known = knownNumbers('heldOut', count);
    const right = known.filter((number, i) => number === told[i]).length / count;
    // Three standard errors of a share of 2,000.
    expect(Math.abs(right - classifiers.digits.accuracy ** 3)).toBeLessThan(0.02);
  });
});

describe('modes and divergence', () => {
  const uniform = (count: number) => {
    const stream = openStreams(5).samples;
    return Uint16Array.from({ length: count }, () => Math.floor(1000 * stream.uniform()));
  };

  test.each([
    // Of n draws: modes 1000 (1 - (1 - 1/1000)^n), spread below 10; divergence by simulation elsewhere.
    [stackedCount, 1000, 1, 0.0192, 0.003],
    [2500, 918, 24, 0.22, 0.03],
    [1000, 632, 30, 0.57, 0.06],
  ])('%i fair draws: %i modes, KL %f', (count, modes, modesWithin, kl, klWithin) => {
    const measured = measureStacked(uniform(count));
    expect(Math.abs(measured.modes - modes)).toBeLessThanOrEqual(modesWithin);
    expect(Math.abs(measured.kl - kl)).toBeLessThan(klWithin);
  });

  test('by hand: three of four at one number', () => {
    const { modes, kl } = measureStacked(Uint16Array.of(7, 7, 7, 999));
    expect(modes).toBe(2);
    expect(kl).toBeCloseTo(0.75 * Math.log(750) + 0.25 * Math.log(250), 12);
  });
});
