import { type Experiment, isShown, stabilisersOn } from '../../config/experiment.ts';
import { isDuel } from '../../config/families.ts';
import type { Group } from '../../config/field.ts';
import type { Path } from '../../config/fields.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/i18n.ts';
import type { RunFacts } from '../../worker/protocol.ts';
import { nameOf, wordOf } from './words.ts';

interface Known {
  readonly t: Translate;
  readonly format: Format;
  readonly draft: Experiment;
  /** Of the run; undefined where the run is not what the controls say. */
  readonly facts: RunFacts | undefined;
}

const word = ({ t, draft }: Known, path: Path) => wordOf(t, path, draft[path]);

/** A group's settings in a few words, so that it need not be opened to be read. */
export const summaries: Readonly<Record<Group, (known: Known) => string>> = {
  data: (known) => known.t('summary.data', { set: word(known, 'data.set'), batch: word(known, 'train.batch') }),
  generator: (known) =>
    known.facts
      ? known.t('summary.weights', { n: known.format.short(known.facts.generator.weights) })
      : word(known, 'model.family'),
  discriminator: (known) =>
    known.facts
      ? known.t('summary.weights', { n: known.format.short(known.facts.discriminator.weights) })
      : word(known, 'model.family'),
  objective: (known) =>
    !isDuel(known.draft)
      ? known.t('summary.bound', { beta: word(known, 'vae.beta') })
      : known.draft['objective.realLabel'] === 1 || !isShown('objective.realLabel', known.draft)
        ? word(known, 'objective.loss')
        : known.t('summary.objective', {
            loss: word(known, 'objective.loss'),
            label: word(known, 'objective.realLabel'),
          }),
  regularisers: ({ t, draft }) =>
    stabilisersOn(draft)
      .map((path) => nameOf(t, path))
      .join(t('summary.comma')) || t('summary.none'),
  optimisers: (known) =>
    known.t('summary.optimisers', {
      g: `${word(known, 'g.optimiser')} ${word(known, 'g.lr')}`,
      d: `${word(known, 'd.optimiser')} ${word(known, 'd.lr')}`,
    }),
  training: (known) =>
    known.t(isDuel(known.draft) ? 'summary.training' : 'summary.ema', {
      d: word(known, 'train.stepsD'),
      g: word(known, 'train.stepsG'),
      ema: word(known, 'ema.halfLife'),
    }),
};
