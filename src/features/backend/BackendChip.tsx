import Cpu from 'lucide-react/icons/cpu';
import { useFormat, useRich, useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Popover } from '../../ui/Popover.tsx';
import { usePopover } from '../../ui/usePopover.ts';
import { BackendPanel } from './BackendPanel.tsx';
import { runsOn } from './runsOn.ts';

/** Which backend trains, how fast; opens why. */
export function BackendChip() {
  const t = useT();
  const { anchor, open, setOpen, button } = usePopover();
  const backend = useDuel((state) => state.backend);
  const failed = useDuel((state) => state.runState === 'failed');
  return (
    <>
      <button ref={anchor} type="button" className="chip" title={t('backend.title')} {...button}>
        <Cpu className="icon" />
        {backend ? (
          <>
            <b>{t(`backend.${backend.chosen}`)}</b>
            <span className="adapter">{runsOn(t, backend)}</span>
            <Speed />
          </>
        ) : (
          <span>{t(failed ? 'backend.none' : 'backend.choosing')}</span>
        )}
      </button>
      {open && (
        <Popover
          anchor={anchor}
          label={t('backend.title')}
          placement="bottom-end"
          className="backend"
          onClose={() => setOpen(false)}
        >
          <BackendPanel onPicked={() => setOpen(false)} />
        </Popover>
      )}
    </>
  );
}

function Speed() {
  const rich = useRich();
  const format = useFormat();
  const rate = useDuel((state) => state.stepsPerSecond);
  if (!(rate > 0)) return null;
  return (
    <>
      <i />
      <span className="speed">{rich('status.steps', { rate: <b>{format.figure(rate)}</b> })}</span>
    </>
  );
}
