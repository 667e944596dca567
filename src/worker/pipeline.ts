/**
 * Answers under way from the device. A GPU answers when it has done everything asked of it before; whoever waits for that
 * leaves it idle in the meantime. So an answer is asked for and the work goes on, at most one answer behind: that bounds how
 * far the device's queue runs ahead of what is known of it.
 *
 * Answers are delivered in the order in which they were asked for. After the first failure, of an answer or of its delivery,
 * nothing more is delivered; {@link room} and {@link drain} throw it.
 */
export class Pipeline {
  #last: Promise<void> = Promise.resolve();
  #lastAt = 0;
  #underWay = 0;
  #failure: { readonly thrown: unknown } | undefined;
  #landed = () => {};

  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /**
   * @param ask asks at once; may throw
   * @param deliver gets the answer and its cost: milliseconds from the asking, or from the answer before if that came later
   */
  push<T>(ask: () => Promise<T>, deliver: (answer: T, cost: number) => void): void {
    const asked = performance.now();
    const answer = ask();
    // Its turn may come later than its failure, which is not unhandled for that.
    answer.catch(() => undefined);
    const before = this.#last;
    this.#underWay++;
    this.#last = this.#land(before, answer, (value, now) => deliver(value, now - Math.max(asked, this.#lastAt)));
  }

  /** Waits until all answers but one have come. */
  async room(): Promise<void> {
    while (this.#underWay > 1) {
      await new Promise<void>((resolve) => {
        this.#landed = resolve;
      });
    }
    if (this.#failure) throw this.#failure.thrown;
  }

  /** Waits until all answers asked for so far have come. */
  async drain(): Promise<void> {
    await this.#last;
    if (this.#failure) throw this.#failure.thrown;
  }

  async #land<T>(before: Promise<void>, answer: Promise<T>, deliver: (value: T, now: number) => void): Promise<void> {
    await before;
    try {
      const value = await answer;
      const now = performance.now();
      if (!this.#failure) deliver(value, now);
      this.#lastAt = now;
    } catch (thrown) {
      this.#failure ??= { thrown };
    }
    this.#underWay--;
    this.#landed();
  }
}
