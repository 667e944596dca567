import { useLocale } from '../../i18n/react.tsx';
import type { Sheet } from '../../worker/protocol.ts';
import { type Shape, Strip } from './Strip.tsx';

/** Other real images of the same class, with what D makes of them. */
export function Kin({ sheet, index, ...shape }: Shape & { readonly sheet: Sheet; readonly index: number }) {
  const { t, format } = useLocale();
  const { labels, opinions } = sheet;
  if (opinions.length === 0) return null;
  const label = labels?.[index];
  if (!labels || label === undefined || labels.every((other) => other === label)) return null;
  const others = Array.from(labels.keys()).filter((other) => other !== index && labels[other] === label);
  const items = others.slice(0, shape.columns * shape.rows).map((other) => ({
    key: other,
    sheet,
    index: other,
    word: format.fixed(opinions[other] ?? Number.NaN, 2),
  }));
  return items.length > 0 ? <Strip title={t('kin.title')} items={items} {...shape} /> : null;
}
