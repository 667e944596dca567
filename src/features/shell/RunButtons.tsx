import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import Snail from 'lucide-react/icons/snail';
import StepForward from 'lucide-react/icons/step-forward';
import { isDuel } from '../../config/families.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { fetchCharts } from '../signals/fetchCharts.ts';
import { wouldPause } from './keys.ts';

/** Why a run cannot go on, or undefined. While it is being built the wish is kept until it is. */
function useReason(): string | undefined {
  const t = useT();
  const runState = useDuel((state) => state.runState);
  if (runState === 'failed') return t('run.failed');
  return runState === 'finished' ? t('run.finished') : undefined;
}

export function TrainButton() {
  const t = useT();
  const pauses = useDuel(wouldPause);
  const waits = useDuel((state) => state.runState === 'preparing') && pauses;
  const train = useDuel((state) => state.train);
  const pause = useDuel((state) => state.pause);
  const reason = useReason();
  return (
    <Button
      look="primary"
      className="train"
      title={t(waits ? 'run.whenReady' : 'run.train.tip')}
      reason={reason}
      onPointerEnter={fetchCharts}
      onClick={pauses ? pause : train}
    >
      {pauses ? <Pause className="icon" /> : <Play className="icon" />}
      {t(pauses ? 'run.pause' : 'run.train')}
    </Button>
  );
}

export function StepButton({ iconOnly = false }: { readonly iconOnly?: boolean }) {
  const t = useT();
  const duel = useDuel((state) => isDuel(state.applied));
  const training = useDuel(wouldPause);
  const stepOnce = useDuel((state) => state.stepOnce);
  const reason = useReason();
  return (
    <Button
      icon={iconOnly}
      title={t(duel ? 'run.step.tip' : 'run.step.tip.vae')}
      reason={training ? t('run.pauseFirst') : reason}
      aria-label={iconOnly ? t('run.step') : undefined}
      onClick={stepOnce}
    >
      <StepForward className="icon" />
      {!iconOnly && t('run.step')}
    </Button>
  );
}

/** Absent where one update moves both networks. */
export function WhichChoice() {
  const t = useT();
  const duel = useDuel((state) => isDuel(state.applied));
  const which = useDuel((state) => state.which);
  const setWhich = useDuel((state) => state.setWhich);
  const options = (['D', 'G', 'both'] as const).map((value) => ({
    value,
    word: t(`which.${value}`),
    name: t(`which.${value}.name`),
  }));
  if (!duel) return null;
  return <Segmented label={t('which.label')} value={which} options={options} onChange={setWhich} />;
}

export function ResetButton({ iconOnly = false }: { readonly iconOnly?: boolean }) {
  const t = useT();
  const reset = useDuel((state) => state.reset);
  return (
    <Button
      look={iconOnly ? 'plain' : 'quiet'}
      icon={iconOnly}
      title={t('run.reset.tip')}
      aria-label={iconOnly ? t('run.reset') : undefined}
      onClick={reset}
    >
      <RotateCcw className="icon" />
      {!iconOnly && <span className="word">{t('run.reset')}</span>}
    </Button>
  );
}

export function SlowButton() {
  const t = useT();
  const slow = useDuel((state) => state.slow);
  const duel = useDuel((state) => isDuel(state.applied));
  const setSlow = useDuel((state) => state.setSlow);
  return (
    <Button
      look="quiet"
      className="slow"
      title={t(duel ? 'run.slow.tip' : 'run.slow.tip.vae')}
      aria-pressed={slow}
      onClick={() => setSlow(!slow)}
    >
      <Snail className="icon" />
      <span className="word">{t('run.slow')}</span>
    </Button>
  );
}
