import { datasetIds } from '../datasets.ts';
import { cloudIds } from '../worlds.ts';

/** Where a setting matters: a field's `when`. */
export const onImages = { 'data.set': datasetIds };
export const onThePlane = { 'data.set': cloudIds };
/** Everywhere but in DiracGAN's world, whose networks are a number each. */
export const withLayers = { 'data.set': [...datasetIds, ...cloudIds] };
