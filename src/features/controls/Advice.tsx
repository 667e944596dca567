import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { Value } from '../../config/experiment.ts';
import type { Path } from '../../config/fields.ts';
import { type Advice, rules, unsound } from '../../config/soundness.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel, useDuelStore } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { nameOf, wordOf } from './words.ts';

/** What is unsound in the draft. As one string of places in the table, so that a selector may return it. */
export function useAdvice(): Advice[] {
  const places = useDuel((state) =>
    unsound(state.draft, state.backend)
      .map((one) => rules.indexOf(one))
      .join(' '),
  );
  return places === '' ? [] : places.split(' ').map((place) => rules[Number(place)] as Advice);
}

/** Under a setting that does not go with another: why, and a press that mends it. */
export function AdviceOn({ path }: { readonly path: Path }) {
  const advice = useAdvice().filter(({ setting }) => setting === path);
  return advice.map((one) => <AdviceNote key={one.id} advice={one} />);
}

function AdviceNote({ advice }: { readonly advice: Advice }) {
  const t = useT();
  const { getState } = useDuelStore();
  const mend = useDuel((state) => JSON.stringify(advice.mend(state.draft)));
  const changes = Object.entries(JSON.parse(mend) as Record<string, Value>) as [Path, Value][];
  const words = changes.map(([path, value]) =>
    t('advice.change', { name: nameOf(t, path), value: wordOf(t, path, value) }),
  );
  const put = () => {
    for (const [path, value] of changes) getState().change(path, value);
  };
  return (
    <div className="advice" role="status">
      <TriangleAlert className="icon icon-small" />
      <p>{t(`advice.${advice.id}`)}</p>
      <Button small onClick={put}>
        {t('advice.mend', { changes: words.join(t('advice.and')) })}
      </Button>
    </div>
  );
}
