/** A report about every so many milliseconds: steps vary, and the page should hear ten a second at most. */
const reportEvery = 130;
/** Never more steps between two reports: a GPU's queue must not run far ahead of what the page shows. */
const mostStepsAtOnce = 64;
/** Messages are let in at least this often, in milliseconds, and between any two steps that take longer. */
const breathEvery = 10;
/** Sheets are drawn this often at most, in milliseconds. */
const sheetEvery = 400;
/** The speed is that of so many milliseconds. */
const speedOver = 1000;
/** The plane is drawn this often at most, in milliseconds, so that it moves. */
const viewEvery = 33;
/** Views come with points to measure G by this often at most, in milliseconds. */
const measureEvery = 1000;
/** The share of the time that views of the plane may take. */
const viewShare = 0.3;
/** Seconds of training in which the first shapes appear and everybody looks. */
const firstSeconds = 10;
/**
 * The share of the time that sheets may take, unless the next would be longer than `longestWait` milliseconds in coming.
 * Once a step takes a second or more, a sheet takes so long that 2 % of the time would be a minute: there the wait rules.
 */
const first = { share: 0.1, longestWait: 1000 };
const later = { share: 0.02, longestWait: 10_000 };

interface Report {
  readonly at: number;
  readonly steps: number;
}

/**
 * When to report, to draw and to listen, by the clock: reports at a steady beat however fast steps are, and sheets as often
 * as their cost allows. The number of steps between two reports also bounds how late the last report after a pause is.
 */
export class Pace {
  stepsAtOnce = 1;
  /** Seconds spent training, pauses left out. */
  seconds = 0;
  /** Over the last second, or the last report if that took longer. */
  stepsPerSecond = 0;
  /** Answers from a GPU may come several at once, so no single one says how fast it is. */
  #reports: Report[] = [];
  #lastBreath = Number.NEGATIVE_INFINITY;
  #lastSheet = Number.NEGATIVE_INFINITY;
  #lastMeasure = Number.NEGATIVE_INFINITY;
  #sheetCost = 0;

  /** Training begins or goes on: what lies before does not count. */
  start(): void {
    this.#reports = [{ at: performance.now(), steps: 0 }];
  }

  /** So many steps have been made and read since the last call. */
  made(steps: number): void {
    const now = performance.now();
    const reports = this.#reports;
    this.seconds += (now - (reports.at(-1)?.at ?? now)) / 1000;
    reports.push({ at: now, steps });
    // The oldest only says since when the others count.
    while (reports.length > 2 && now - (reports[1] as Report).at >= speedOver) reports.shift();
    const elapsed = now - (reports[0] as Report).at;
    if (elapsed <= 0) return;
    this.stepsPerSecond = (1000 * reports.slice(1).reduce((sum, one) => sum + one.steps, 0)) / elapsed;
    const fitting = Math.round((this.stepsPerSecond * reportEvery) / 1000);
    this.stepsAtOnce = Math.min(Math.max(fitting, 1), mostStepsAtOnce, this.stepsAtOnce * 2);
  }

  /** Whether to let messages in now; taken as done. */
  breathIsDue(): boolean {
    const now = performance.now();
    if (now - this.#lastBreath < breathEvery) return false;
    this.#lastBreath = now;
    return true;
  }

  /** Whether to draw sheets now; taken as done. */
  sheetIsDue(): boolean {
    const now = performance.now();
    const { share, longestWait } = this.seconds < firstSeconds ? first : later;
    const rest = Math.min(Math.max(sheetEvery, this.#sheetCost / share), longestWait);
    if (now - this.#lastSheet < rest) return false;
    this.#lastSheet = now;
    return true;
  }

  /** Whether to draw the plane now; taken as done. */
  viewIsDue(): boolean {
    const now = performance.now();
    if (now - this.#lastSheet < Math.max(viewEvery, this.#sheetCost / viewShare)) return false;
    this.#lastSheet = now;
    return true;
  }

  /** Whether a view should come with points to measure G by; taken as done. */
  measureIsDue(): boolean {
    const now = performance.now();
    if (now - this.#lastMeasure < measureEvery) return false;
    this.#lastMeasure = now;
    return true;
  }

  /** What the last sheets or view took, in milliseconds. */
  sheetTook(milliseconds: number): void {
    this.#sheetCost = milliseconds;
  }
}
