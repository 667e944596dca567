import { describe, expect, test } from 'vitest';
import { openStreams } from '../streams.ts';
import { meanOf, varianceOf } from '../testing/values.ts';
import { initialValues } from './init.ts';
import type { ParameterSpec } from './spec.ts';

const shape = [4, 4, 32, 64];
const [fanIn, fanOut] = [4 * 4 * 32, 4 * 4 * 64];
const count = 4 * 4 * 32 * 64;

function drawn(init: ParameterSpec['init']): Float32Array {
  return initialValues({ name: 'kernel', shape, init, fanIn, fanOut }, openStreams(1).init);
}

/** Within five deviations of what so many draws of that mean, variance and kurtosis show. */
function expectMoments(values: Float32Array, mean: number, variance: number, kurtosis: number): void {
  expect(values.length).toBe(count);
  expect(Math.abs(meanOf(values) - mean)).toBeLessThan(5 * Math.sqrt(variance / count));
  expect(Math.abs(varianceOf(values) / variance - 1)).toBeLessThan(5 * Math.sqrt((kurtosis - 1) / count));
}

describe('initialisers', () => {
  test('normal', () => {
    expectMoments(drawn({ kind: 'normal', mean: 0, deviation: 0.02 }), 0, 4e-4, 3);
    expectMoments(drawn({ kind: 'normal', mean: 1, deviation: 0.02 }), 1, 4e-4, 3);
  });

  test('he: variance 2 / fan in', () => {
    expectMoments(drawn({ kind: 'he' }), 0, 2 / 512, 3);
    expectMoments(drawn({ kind: 'he', gain: 0.5 }), 0, 0.5 / 512, 3);
  });

  test('glorot: uniform, variance 2 / (fan in + fan out)', () => {
    const values = drawn({ kind: 'glorot' });
    expectMoments(values, 0, 2 / (512 + 1024), 1.8);
    const limit = Math.sqrt(6 / (512 + 1024));
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(limit);
    expect(Math.max(...values)).toBeGreaterThan(limit * 0.999);
    expect(Math.min(...values)).toBeLessThan(limit * -0.999);
  });

  test('zeros draw nothing from the stream', () => {
    const { init } = openStreams(1);
    const before = init.state();
    expect(initialValues({ name: 'bias', shape: [7], init: { kind: 'zeros' }, fanIn: 0, fanOut: 0 }, init)).toEqual(
      new Float32Array(7),
    );
    expect(init.state()).toEqual(before);
  });
});
