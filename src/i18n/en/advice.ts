/** Why settings do not go together: `config/soundness.ts` says when. */
export const advice = {
  'advice.mend': 'Set {changes}',
  'advice.change': '{name} to {value}',
  'advice.and': ' and ',
  'advice.count': { one: '{n} setting does not go with another', other: '{n} settings do not go with others' },

  'advice.penalty-norm':
    'A penalty on D’s slope holds for each image by itself, but with batch norm D’s answer on one image hangs on the others.',
  'advice.spectral-norm': 'Batch norm rescales what spectral norm has just bounded, so D can become steep again.',
  'advice.spectral-fixup':
    'This network starts each of its blocks at zero, so that it is calm at first; spectral norm brings them to full size at once.',
  'advice.penalty-discrimination':
    'A penalty on D’s slope holds for each image by itself, but minibatch discrimination compares it with the others.',
  'advice.pack-batch': 'The batch is no multiple of the pack: the images left over are not used.',
  'advice.wasserstein-free':
    'The Wasserstein loss means something only while D’s slope is bounded. Nothing bounds it here, so D’s scores run away.',
  'advice.clip-penalty':
    'Clipping keeps D’s weights too small for the slope of 1 that the gradient penalty asks for: the two pull against each other.',
  'advice.clip-spectral':
    'Spectral norm divides the length of the weights out again, so that clipping no longer bounds anything.',
  'advice.clip-momentum':
    'With clipped weights momentum makes training unstable: the authors of WGAN gave up Adam with β₁ above 0.',
  'advice.adapt-loss':
    'The share follows how often D’s score of a real is above 0, but in this loss only differences of scores count: its 0 means nothing.',
  'advice.penalty-precision':
    'This backend computes less precisely than float32 should, and a penalty takes a gradient of a gradient: its errors grow.',
} as const;
