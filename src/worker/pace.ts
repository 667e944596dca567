/** A report about every so many milliseconds: steps vary, and the page should hear ten a second at most. */
const reportEvery = 130;
/** Sheets are drawn this often at most, in milliseconds. */
const sheetEvery = 400;
/** The share of the time that drawing sheets may take... */
const sheetShare = 0.04;
/** ...unless a person would wait longer than this for the next, in milliseconds. */
const longestWait = 2500;
/** Never more steps between two reports: a GPU's queue must not run far ahead of what the page shows. */
const mostStepsAtOnce = 64;

/**
 * When to report and when to draw, by the clock: reports at a steady beat however fast steps are, and sheets as often
 * as their cost allows. The number of steps between two reports also bounds how late a pause is.
 */
export class Pace {
  stepsAtOnce = 1;
  /** Seconds spent training, pauses left out. */
  seconds = 0;
  /** Over the last few reports. */
  stepsPerSecond = 0;
  #since = 0;
  #lastSheet = Number.NEGATIVE_INFINITY;
  #sheetCost = 0;

  /** Training begins or goes on: what lies before does not count. */
  start(): void {
    this.#since = performance.now();
  }

  /** So many steps have been made and read since the last call. */
  made(steps: number): void {
    const now = performance.now();
    const elapsed = Math.max(now - this.#since, 0.01);
    this.#since = now;
    this.seconds += elapsed / 1000;
    const speed = (1000 * steps) / elapsed;
    this.stepsPerSecond = this.stepsPerSecond === 0 ? speed : 0.8 * this.stepsPerSecond + 0.2 * speed;
    const fitting = Math.round((steps * reportEvery) / elapsed);
    this.stepsAtOnce = Math.min(Math.max(fitting, 1), mostStepsAtOnce, this.stepsAtOnce * 2);
  }

  sheetIsDue(): boolean {
    const rest = Math.min(Math.max(sheetEvery, this.#sheetCost / sheetShare), longestWait);
    return performance.now() - this.#lastSheet >= rest;
  }

  async timeSheet(draw: () => Promise<void>): Promise<void> {
    const before = performance.now();
    await draw();
    this.#lastSheet = performance.now();
    this.#sheetCost = this.#lastSheet - before;
  }
}
