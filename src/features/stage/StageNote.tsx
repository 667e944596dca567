import { differingPaths } from '../../config/experiment.ts';
import { isWorld } from '../../config/worlds.ts';
import { en } from '../../i18n/en/index.ts';
import type { Key } from '../../i18n/i18n.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { homeOf } from '../controls/home.ts';
import { presetName } from '../presetWords.ts';

/** Settings that change what is looked at, not what happens. */
const harmless: readonly string[] = ['train.seed', 'train.limit', 'model.psi'];

/** One line: what to press and what will come of it; in slow motion, what has just happened. */
export function StageNote() {
  const t = useT();
  const preset = useDuel((state) => state.appliedPreset);
  const chosen = useDuel((state) => state.preset);
  const own = useDuel((state) =>
    differingPaths(homeOf(state.appliedPreset), state.applied).some((path) => !harmless.includes(path)),
  );
  const fresh = useDuel((state) => state.step === 0 && state.runState !== 'training');
  const failed = useDuel((state) => state.runState === 'failed');
  const phase = useDuel((state) => (state.slow ? state.phase : undefined));
  const batch = useDuel((state) => state.applied['train.batch']);
  const points = useDuel((state) => isWorld(state.applied['data.set']));

  // The card over the stage says what to do.
  if (failed) return <p className="stage-note" />;
  if (phase) {
    return (
      <p className="stage-note" aria-live="off">
        <i className={phase === 'D' ? 'mark mark-judge' : 'mark mark-fake'} />
        <span>
          {phase === 'G'
            ? t('phase.G')
            : t(phase === 'D' && points ? 'phase.D.points' : `phase.${phase}`, { n: batch })}
        </span>
      </p>
    );
  }
  if (chosen !== preset && !fresh) {
    return (
      <p className="stage-note">
        <span>{t('stage.presetWaits', { running: presetName(t, preset), chosen: presetName(t, chosen) })}</span>
      </p>
    );
  }
  const key = `preset.${preset.id}.expect`;
  const forecast = !own && key in en ? t(key as Extract<Key, `preset.${string}.expect`>) : t('stage.changed');
  return (
    <p className="stage-note">
      <span>
        {(fresh || !own) && <b>{t(fresh ? 'stage.before' : 'stage.expect')} </b>}
        {forecast}
      </span>
    </p>
  );
}
