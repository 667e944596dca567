import RotateCw from 'lucide-react/icons/rotate-cw';
import type { Path } from '../../config/fields.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { waiting } from '../../state/store.ts';
import { Button } from '../../ui/Button.tsx';
import { nameOf, wordOf } from './words.ts';

const most = 3;

/** What waits for a restart, as one string so that a selector may return it. Before the first step nothing does. */
export function useWaiting(): Path[] {
  const list = useDuel((state) => (state.step === 0 && state.runState !== 'failed' ? '' : waiting(state).join(' ')));
  return list === '' ? [] : (list.split(' ') as Path[]);
}

/** Only there when something waits. */
export function RestartBar({ short = false }: { readonly short?: boolean }) {
  const t = useT();
  const paths = useWaiting();
  const draft = useDuel((state) => state.draft);
  const applied = useDuel((state) => state.applied);
  const restart = useDuel((state) => state.restart);
  const discard = useDuel((state) => state.discard);
  if (paths.length === 0) return null;

  const words = paths.slice(0, most).map((path) =>
    t('restart.change', {
      name: nameOf(t, path),
      from: wordOf(t, path, applied[path]),
      to: wordOf(t, path, draft[path]),
    }),
  );
  if (paths.length > most) words.push(t('restart.more', { n: paths.length - most }));
  return (
    <section className="restart-bar" aria-live="polite">
      <p>
        <RotateCw className="icon" />
        {t('restart.waits', { n: paths.length })}
      </p>
      <ul className="caption">
        {words.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div>
        <Button look="primary" onClick={restart}>
          {t(short ? 'restart.goShort' : 'restart.go')}
        </Button>
        <Button look="quiet" onClick={discard}>
          {t('restart.discard')}
        </Button>
      </div>
    </section>
  );
}
