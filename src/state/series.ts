import { type Signal, signalIndex, signals } from '../config/signals.ts';

/** A point of a drawn line: the mean of the steps it stands for, and their range. */
export interface Point {
  /** The last step of the bucket. */
  readonly step: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** Placeholder bounds; the chart code asks for at most this many points. */
export const mostPoints = 800;

/** Every step's signals in bounded memory. */
export class SeriesStore {
  append(_step: number, _rows: Float32Array, _count: number): void {
    throw new Error(`not built yet: ${signals.length} ${signalIndex('lossD')}`);
  }

  clear(): void {}

  read(_signal: Signal, _points = mostPoints): Point[] {
    return [];
  }
}
