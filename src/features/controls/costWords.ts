import { costs } from '../../config/costs.ts';
import type { Value } from '../../config/experiment.ts';
import { fieldOf, type Path } from '../../config/fields.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { wordOf } from './words.ts';

/** Between them, what a setting costs is lost in the noise of the clock. */
const [least, most] = [0.9, 1.1];

/** What a setting costs, or each of its options, in words; nothing where that was not measured. */
export function costWords(t: Translate, format: Format, path: Path): string | undefined {
  const field = fieldOf(path);
  const times = (cost: number) =>
    cost >= least && cost <= most ? t('cost.none') : t('cost.times', { times: format.setting(cost) });
  if (field.kind !== 'choice') {
    const cost = costs[path];
    return cost === undefined ? undefined : t('cost.setting', { cost: times(cost) });
  }
  const options = field.options.flatMap((option) => {
    const cost = costs[`${path}.${option}`];
    return cost === undefined
      ? []
      : [t('cost.option', { option: wordOf(t, path, option as Value), cost: times(cost) })];
  });
  return options.length > 0 ? t('cost.options', { options: options.join(t('cost.and')) }) : undefined;
}
