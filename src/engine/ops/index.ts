/**
 * The few operations that nets are made of. Each is defined by a composition of stock tfjs ops (`composed`) and uses a
 * fused kernel where the current backend has one. All are eager and on the tape: tf.grads and tf.variableGrads see them.
 */
export { affineAct, biasAct } from './activation.ts';
export * as composed from './composed.ts';
export { leaky } from './composed.ts';
export { conv2d, conv2dTranspose } from './conv.ts';
export { withComposedOps } from './fused.ts';
export { bceWithLogits, softplus } from './loss.ts';
export { normAct } from './norm.ts';
export { adamCorrections, adamUpdate, sgdUpdate } from './optimizer.ts';
export type { AdamCorrections, AdamMoments, AdamSettings, NormActResult } from './types.ts';
