import type { Change } from '../../src/config/experiment.ts';
import { fieldOf, type Path } from '../../src/config/fields.ts';

/** Choices each of whose options but the plain one has a figure. */
const choices = [
  'model.family',
  'model.normG',
  'model.normD',
  'model.minibatch',
  'model.classes',
  'objective.loss',
  'reg.augment',
] as const satisfies readonly Path[];

/** What an option needs beside itself. */
const besides: Readonly<Record<string, Change>> = { 'model.family.article': { 'data.size': 32 } };

/** Sliders that are off at first, at the value that their switch suggests. */
const sliders = [
  'reg.r1',
  'reg.r2',
  'reg.gp',
  'reg.clip',
  'reg.consensus',
  'reg.spectral',
  'reg.noise',
  'reg.features',
  'reg.history',
  'reg.clipNorm',
] as const satisfies readonly Path[];

const others: Readonly<Record<string, Change>> = {
  'model.pack': { 'model.pack': 2 },
  'model.dropoutD': { 'model.dropoutD': 0.3 },
  'reg.augmentAdapt': { 'reg.augment': 'all', 'reg.augmentAdapt': true },
  'ema.halfLife': { 'ema.halfLife': 100 },
  'train.stepsD': { 'train.stepsD': 2 },
};

/** What is measured, by the path of a setting or of an option: what it changes in a plain DCGAN. */
export function optionsOf(): Readonly<Record<string, Change>> {
  const ofChoices = choices.flatMap((path) => {
    const field = fieldOf(path);
    if (field.kind !== 'choice') throw new Error(`${path} is no choice`);
    return field.options.map((option) => [`${path}.${option}`, { [path]: option, ...besides[`${path}.${option}`] }]);
  });
  const ofSliders = sliders.map((path) => {
    const field = fieldOf(path);
    if (field.kind !== 'slider') throw new Error(`${path} is no slider`);
    return [path, { [path]: field.suggested ?? 1 }];
  });
  const plain = ['model.family.dcgan', 'model.normG.batch', 'model.normD.none', 'model.minibatch.none'];
  const none = [...plain, 'model.classes.none', 'objective.loss.nonSaturating', 'reg.augment.none'];
  return Object.fromEntries(
    [...ofChoices, ...ofSliders, ...Object.entries(others)].filter(([name]) => !none.includes(name as string)),
  );
}
