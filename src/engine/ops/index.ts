/**
 * The few operations that nets are made of. Each is defined by a composition of stock tfjs ops (`composed`) and uses a
 * fused kernel where the current backend has one. All are eager and on the tape: tf.grads and tf.variableGrads see them.
 */
export { affineAct, biasAct, biasTanh } from './activation.ts';
export * as composed from './composed.ts';
export { leaky } from './composed.ts';
export { conv2d, conv2dTranspose, convAct, convTransposeAct } from './conv.ts';
export { denseAct } from './dense.ts';
export { withComposedOps } from './fused.ts';
export { bceWithLogits, meanSigmoid, softplus } from './loss.ts';
export { normAct } from './norm.ts';
export { offTape } from './offTape.ts';
export { adamCorrections, adamUpdate, blend, globalNorm, sgdUpdate } from './optimizer.ts';
export { scaleChannels } from './scaleChannels.ts';
export { powerIteration, spectralNorm } from './spectral.ts';
export { type Shift, translate } from './translate.ts';
export type { AdamCorrections, AdamMoments, AdamSettings, AdamState, NormActResult } from './types.ts';
