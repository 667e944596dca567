import type { Experiment } from '../../config/experiment.ts';
import { objectives } from '../../engine/objectives/index.ts';
import { en } from '../../i18n/en/index.ts';
import type { Key, Locale } from '../../i18n/i18n.ts';
import type { RunFacts, Sheet } from '../../worker/protocol.ts';

/** The class of a real image in words; undefined where the set has none. A class without a word shows its id. */
export function classOf({ t }: Locale, facts: RunFacts | undefined, sheet: Sheet, index: number): string | undefined {
  const label = sheet.labels?.[index];
  const id = label === undefined ? undefined : facts?.classes[label];
  if (id === undefined) return undefined;
  const key = `class.${id}`;
  return key in en ? t(key as Extract<Key, `class.${string}`>) : id;
}

/** An image's place in words. Of a VAE's real sheet, each original and its reconstruction have one number. */
export function nameOf({ t }: Locale, where: 'cell' | 'inspector', { side, paired }: Place, index: number): string {
  const key = where === 'cell' ? 'sheet.cell' : 'inspector';
  if (!paired) return t(`${key}.${side}`, { n: index + 1 });
  return t(`${key}.${index % 2 === 0 ? 'real' : 'copy'}`, { n: (index >> 1) + 1 });
}

type Place = Pick<Sheet, 'side' | 'paired'>;

/** The root mean square distance of a reconstruction from its original, in grey levels of 255. */
export function distanceOf({ pixels, size, channels }: Sheet, index: number): number {
  const each = size * size * channels;
  const [original, copy] = [(index & ~1) * each, (index | 1) * each];
  let sum = 0;
  for (let i = 0; i < each; i++) sum += ((pixels[original + i] as number) - (pixels[copy + i] as number)) ** 2;
  return Math.sqrt(sum / each);
}

/** "Generated 21, D 0.31" or "Real 4, Bag, D 0.81"; without a judge, "Real 4, Bag". */
export function describe(locale: Locale, facts: RunFacts | undefined, sheet: Sheet, index: number): string {
  const { t, format } = locale;
  const name = nameOf(locale, 'cell', sheet, index);
  if (sheet.opinions.length === 0) {
    const known = classOf(locale, facts, sheet, index);
    return known === undefined ? name : t('sheet.cell.class', { name, class: known });
  }
  const d = format.fixed(sheet.opinions[index] ?? Number.NaN, 2);
  const kind = classOf(locale, facts, sheet, index);
  return kind === undefined
    ? t('sheet.cell.opinion', { name, d })
    : t('sheet.cell.opinionClass', { name, class: kind, d });
}

type Verdict = Extract<Key, `inspector.verdict.${string}`>;

/** What D's figure means for this side. @param loss of the run: with some, D gives scores and no probabilities */
export function verdictOf({ side, step }: Sheet, opinion: number, loss: Experiment['objective.loss']): Verdict {
  if (step === 0) return 'inspector.verdict.untrained';
  if (!objectives[loss].probability) return 'inspector.verdict.score';
  if (opinion > 0.4 && opinion < 0.6) return 'inspector.verdict.unsure';
  if (side === 'generated') return opinion > 0.5 ? 'inspector.verdict.fooled' : 'inspector.verdict.caught';
  return opinion > 0.5 ? 'inspector.verdict.trusted' : 'inspector.verdict.doubted';
}
