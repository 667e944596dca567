import { mostPoints, pointsReach } from '../../config/worlds.ts';
import { recall, remember } from '../../i18n/remember.ts';
import type { Duel } from '../../state/store.ts';

/** A person's own points outlive the tab: a link cannot hold them, and a reload must not lose them. */
const key = 'points';

/** The points kept before; undefined where there are none, or where what was kept is not what we wrote. */
export function keptPoints(text = recall(key)): Float32Array | undefined {
  if (!text) return undefined;
  const values = text.split(' ').map(Number);
  const whole = values.length % 2 === 0 && values.length >= 4 && values.length <= 2 * mostPoints;
  const sound = whole && values.every((value) => Math.abs(value) <= 1000 * pointsReach);
  return sound ? Float32Array.from(values, (thousandths) => thousandths / 1000) : undefined;
}

/** In thousandths of the plane's unit, which is finer than a pixel. */
export function keep(points: Float32Array): string {
  return Array.from(points, (value) => Math.round(value * 1000)).join(' ');
}

export function keepPoints(store: Duel['store']): void {
  store.subscribe(({ points }, before) => {
    if (points && points !== before.points) remember(key, keep(points));
  });
}
