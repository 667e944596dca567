import type { Answer, Call, Method, Side } from './protocol.ts';

/** Lets the page call a side that lives in this worker. What it leaves out is said to be missing when called. */
export function serve(side: Partial<Side>): void {
  self.onmessage = async ({ data: { id, method, args } }: MessageEvent<Call>) => {
    const answer = (message: Answer) => self.postMessage(message);
    try {
      const work = side[method] as ((...args: readonly unknown[]) => Promise<unknown>) | undefined;
      if (!work) throw new Error(`this side has no ${method satisfies Method}`);
      answer({ id, result: await work.apply(side, [...args]) });
    } catch (thrown) {
      answer({ id, error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
    }
  };
}
