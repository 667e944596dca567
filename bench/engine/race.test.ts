import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entrant, joins, race } from './race.ts';

/** One whose steps take so long, the first of all longer. It notes who was called when. */
function pretend(who: string, stepMs: number, log: string[], firstMs = stepMs): Entrant {
  let made = 0;
  return {
    who,
    run: async (steps) => {
      log.push(`${who}${steps}`);
      const ms = made === 0 ? firstMs + (steps - 1) * stepMs : steps * stepMs;
      made += steps;
      return ms;
    },
  };
}

const rules = { rounds: 4, roundMs: 100, budgetMs: 10_000 };

test('turns are taken round by round, to and fro, and the first steps do not count', async () => {
  const log: string[] = [];
  const { times, failures } = await race([pretend('a', 20, log, 500), pretend('b', 100, log)], rules);
  expect(log.slice(6)).toEqual(['a5', 'b1', 'b1', 'a5', 'a5', 'b1', 'b1', 'a5']);
  expect(Object.fromEntries(times)).toEqual({ a: [20, 20, 20, 20], b: [100, 100, 100, 100] });
  expect(failures).toEqual([]);
});

test('a slow one sits rounds out', async () => {
  const log: string[] = [];
  const patient = { ...pretend('patient', 5000, log), budgetMs: 15_000 };
  const { times } = await race([pretend('slow', 5000, log), pretend('stuck', 50_000, log), patient], rules);
  expect(times.get('slow')).toEqual([5000, 5000]);
  expect(times.get('stuck')).toEqual([50_000]);
  expect(times.get('patient')).toEqual([5000, 5000, 5000]);
});

test('a first step that compiles does not make one slow', async () => {
  const { times } = await race([pretend('compiled', 1000, [], 9000)], rules);
  expect(times.get('compiled')).toHaveLength(4);
});

test('a race that takes too long ends early, after three rounds', async () => {
  let clock = 0;
  const slow: Entrant = {
    who: 'slow',
    run: async (steps) => {
      clock += 1000 * steps;
      return 1000 * steps;
    },
  };
  const lengthWith = async (raceMs: number) => {
    const { times } = await race([slow], { ...rules, rounds: 9, raceMs }, () => clock);
    return times.get('slow')?.length;
  };
  expect(await lengthWith(1500)).toBe(3);
  expect(await lengthWith(4500)).toBe(5);
  expect(await lengthWith(20_000)).toBe(9);
});

test('one that fails is named, and the others go on', async () => {
  const log: string[] = [];
  let calls = 0;
  const late: Entrant = {
    who: 'late',
    run: async (steps) => {
      if (++calls === 5) throw new Error('lost');
      return steps * 100;
    },
  };
  const early: Entrant = { who: 'early', run: () => Promise.reject(new Error('never began')) };
  const { times, failures } = await race([early, late, pretend('b', 100, log)], rules);
  expect([...times.keys()]).toEqual(['b']);
  expect(times.get('b')).toHaveLength(4);
  expect(failures).toEqual([
    { who: 'early', message: 'never began' },
    { who: 'late', message: 'lost' },
  ]);
});

test('exactly the affordable number of rounds is joined', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (rounds, seed) => {
      const affordable = 1 + (seed % rounds);
      const joined = Array.from({ length: rounds }, (_, round) => joins(round, affordable, rounds));
      expect(joined.filter(Boolean)).toHaveLength(affordable);
      // A race may end early: whoever is slow has been timed by then.
      expect(joined[0]).toBe(true);
    }),
  );
});
