import { isPlane } from '../../src/engine/data/dataset.ts';
import { fileSource } from '../../src/engine/data/fileSource.node.ts';
import { loadClassifier } from '../../src/engine/metrics/classifier.ts';
import { measuredCount, measurePlane, noiseMeasures } from '../../src/engine/metrics/plane.ts';
import { measureStacked, numbersOf, stackedCount } from '../../src/engine/metrics/stacked.ts';
import type { Session } from '../../src/engine/session.ts';

/** Samples drawn and classified at once: a bound on memory. */
const atOnce = 2000;

/** What a run ends with: of a world of clusters and of stacked digits, how its samples lie among the modes. */
export async function endMeasures(session: Session, averaged: boolean): Promise<Record<string, unknown>> {
  const { dataset } = session;
  if (isPlane(dataset)) {
    if (!dataset.modes) return {};
    const measured = measurePlane(await session.samples(measuredCount, averaged), dataset.modes);
    return { ...rounded(measured), noise: rounded(noiseMeasures(dataset.modes)) };
  }
  return dataset.id === 'stacked' && dataset.size === 28 ? rounded(await stackedMeasures(session, averaged)) : {};
}

async function stackedMeasures(session: Session, averaged: boolean) {
  const classifier = await loadClassifier('digits', fileSource());
  const numbers = new Uint16Array(stackedCount);
  for (let done = 0; done < stackedCount; done += atOnce) {
    const samples = await session.samples(Math.min(atOnce, stackedCount - done), averaged);
    numbers.set(await numbersOf(classifier, samples, 28), done);
  }
  classifier.dispose();
  return measureStacked(numbers);
}

function rounded(measures: object): Record<string, number> {
  return Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, Number(value.toFixed(4))]));
}
