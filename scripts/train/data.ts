import type { Experiment } from '../../src/config/experiment.ts';
import { isWorld } from '../../src/config/worlds.ts';
import type { AnySet } from '../../src/engine/data/dataset.ts';
import { fileSource } from '../../src/engine/data/fileSource.node.ts';
import { loadDataset } from '../../src/engine/data/load.ts';
import { drawWorld } from '../../src/engine/data/plane/index.ts';
import { resizeDataset } from '../../src/engine/data/resize.ts';

/** What an experiment learns from, ready for its session. */
export async function dataOf(experiment: Experiment): Promise<AnySet> {
  const { 'data.set': id, 'data.size': size } = experiment;
  if (isWorld(id)) return drawWorld(id, experiment['plane.noise']);
  return resizeDataset(await loadDataset(id, fileSource()), size);
}
