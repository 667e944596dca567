/** Someone who can be timed at one work. */
export interface Entrant {
  readonly who: string;
  /** @returns milliseconds that so many steps took */
  run(steps: number): Promise<number>;
  /** Instead of the rules'. */
  readonly budgetMs?: number;
}

export interface Rules {
  readonly rounds: number;
  /** About how long one entrant's turn in a round takes: a quick one makes several steps. */
  readonly roundMs: number;
  /** About how long one entrant may take in all: a slow one sits rounds out, but is timed once at least. */
  readonly budgetMs: number;
  /** Where the rounds take longer than this in all there are fewer, but not fewer than three. */
  readonly raceMs?: number;
}

export interface Failure {
  readonly who: string;
  readonly message: string;
}

export interface Outcome {
  /** Milliseconds a step, one value for each round joined, by entrant. Those who failed are not there. */
  readonly times: ReadonlyMap<string, readonly number[]>;
  readonly failures: readonly Failure[];
}

export const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));

/** Steps never made in one turn: what is read back waits for all of them. */
const mostSteps = 64;
const leastRounds = 3;

/** Whether an entrant that can afford so many of the rounds joins this one: the first, and others evenly apart. */
export function joins(round: number, affordable: number, rounds: number): boolean {
  return Math.ceil(((round + 1) * affordable) / rounds) > Math.ceil((round * affordable) / rounds);
}

interface Runner {
  readonly entrant: Entrant;
  readonly steps: number;
  readonly affordable: number;
  readonly times: number[];
}

/** The first steps, which pay for compiling and caches, and what they say of the later ones. */
async function warmUp(entrant: Entrant, rules: Rules): Promise<Runner> {
  const { rounds, roundMs } = rules;
  const budgetMs = entrant.budgetMs ?? rules.budgetMs;
  let stepMs = await entrant.run(1);
  // A first step may take many times as long as the rest; where it takes the whole budget, that must do.
  if (stepMs < budgetMs) stepMs = await entrant.run(1);
  if (stepMs < budgetMs / 10) stepMs = await entrant.run(1);
  const steps = Math.min(Math.max(Math.round(roundMs / stepMs), 1), mostSteps);
  const affordable = Math.min(Math.max(Math.floor(budgetMs / (stepMs * steps)), 1), rounds);
  return { entrant, steps, affordable, times: [] };
}

/**
 * Times all entrants in one go, by turns, so that whatever else the machine does falls on all alike. Each round goes the
 * other way round, so that nobody always follows the same one.
 */
export async function race(
  entrants: readonly Entrant[],
  rules: Rules,
  now: () => number = () => performance.now(),
): Promise<Outcome> {
  const failures: Failure[] = [];
  const attempt = async <T>({ who }: Entrant, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (thrown) {
      failures.push({ who, message: messageOf(thrown) });
      return undefined;
    }
  };
  let runners: Runner[] = [];
  for (const entrant of entrants) {
    const runner = await attempt(entrant, () => warmUp(entrant, rules));
    if (runner) runners.push(runner);
  }
  const began = now();
  for (let round = 0; round < rules.rounds; round++) {
    if (round >= leastRounds && now() - began > (rules.raceMs ?? Number.POSITIVE_INFINITY)) break;
    for (const runner of round % 2 === 0 ? runners : runners.toReversed()) {
      if (!joins(round, runner.affordable, rules.rounds)) continue;
      const ms = await attempt(runner.entrant, () => runner.entrant.run(runner.steps));
      if (ms === undefined) runners = runners.filter((other) => other !== runner);
      else runner.times.push(ms / runner.steps);
    }
  }
  return { times: new Map(runners.map(({ entrant, times }) => [entrant.who, times])), failures };
}
