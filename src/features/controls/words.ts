import type { Value } from '../../config/experiment.ts';
import type { SliderField } from '../../config/field.ts';
import { fieldOf, type Path } from '../../config/fields.ts';
import { settingText } from '../../i18n/format.ts';
import type { Key, Translate } from '../../i18n/i18n.ts';

/** A setting's name. */
export function nameOf(t: Translate, path: Path): string {
  return t(`field.${path}.label`);
}

/** A number as its box shows it: as many decimals as a linear step has, an exponent where it is small. */
export function numberOf(field: SliderField, value: number): string {
  if (field.scale === 'log' || field.integer) return settingText(value);
  const decimals = (String(field.step).split('.')[1] ?? '').length;
  const fixed = value.toFixed(decimals);
  return Number(fixed) === value ? fixed : settingText(value);
}

/** A value in words: an option's name, "off", a number. Without its unit. */
export function wordOf(t: Translate, path: Path, value: Value): string {
  const field = fieldOf(path);
  switch (field.kind) {
    case 'choice':
      // The dictionary has a word for each option of each choice: see FieldKey.
      return t(`option.${path}.${value}` as Extract<Key, `option.${string}`>);
    case 'switch':
      return value ? '✓' : '–';
    case 'slider':
      if (field.zeroIsOff && value === 0) return t('setting.off');
      return numberOf(field, value as number);
  }
}
