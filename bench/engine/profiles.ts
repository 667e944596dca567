import type { KernelTime } from '../sides/protocol.ts';
import { median } from './statistics.ts';

/**
 * The median time of each kernel over several steps, the costliest first. A kernel that a step did not run took it no time,
 * and the count is the largest seen.
 */
export function mergeProfiles(profiles: readonly (readonly KernelTime[])[]): KernelTime[] {
  const names = new Set(profiles.flatMap((profile) => profile.map(({ kernel }) => kernel)));
  const merged = [...names].map((kernel) => {
    const found = profiles.map((profile) => profile.find((one) => one.kernel === kernel));
    return {
      kernel,
      count: Math.max(...found.map((one) => one?.count ?? 0)),
      ms: median(found.map((one) => one?.ms ?? 0)),
    };
  });
  return merged.sort((a, b) => b.ms - a.ms);
}
