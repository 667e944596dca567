import OctagonAlert from 'lucide-react/icons/octagon-alert';
import { useLocale } from '../../i18n/react.tsx';
import { useDuel, useDuelStore } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { sentencesOf } from '../failure/sentences.ts';
import { waysOut } from '../failure/waysOut.ts';

/** The run has stopped: what happened, what was kept, and the ways on. */
export function FailureCard() {
  const { t } = useLocale();
  const failure = useDuel((state) => state.failure);
  const backend = useDuel((state) => state.backend?.chosen);
  const store = useDuelStore();
  if (!failure) return null;
  const { title, happened, kept, todo } = sentencesOf(t, failure);
  const ways = waysOut(failure.code, backend);
  return (
    <section className="state-card is-error" role="alert">
      <h2>
        <OctagonAlert className="icon" />
        {title}
      </h2>
      <p>{happened}</p>
      <p>
        {kept} {todo}
      </p>
      <div className="button-row">
        {ways.map((way, i) => (
          <Button key={way.key} look={i === 0 ? 'primary' : 'plain'} onClick={() => way.go(store.getState())}>
            {t(way.key)}
          </Button>
        ))}
      </div>
    </section>
  );
}
