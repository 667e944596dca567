import ChevronRight from 'lucide-react/icons/chevron-right';
import RotateCw from 'lucide-react/icons/rotate-cw';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import Undo2 from 'lucide-react/icons/undo-2';
import Zap from 'lucide-react/icons/zap';
import { useState } from 'react';
import { differingPaths, isShown } from '../../config/experiment.ts';
import { isDuel } from '../../config/families.ts';
import { type Group, groups } from '../../config/field.ts';
import { fieldOf, type Path, paths } from '../../config/fields.ts';
import { useLocale, useT } from '../../i18n/react.tsx';
import { recall, remember } from '../../i18n/remember.ts';
import { useDuel } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { useAdvice } from './Advice.tsx';
import { DataRow } from './DataRow.tsx';
import { HelpLabel } from './HelpLabel.tsx';
import { homeOf } from './home.ts';
import { RestartBar, useWaiting } from './RestartBar.tsx';
import { SeedBox } from './SeedBox.tsx';
import { SettingRow } from './SettingRow.tsx';
import { summaries } from './summary.ts';
import './controls.css';
import './setting.css';

/** What stands in the places of a duel's networks in a VAE. */
const roles: Readonly<Partial<Record<Group, 'group.decoder' | 'group.encoder'>>> = {
  generator: 'group.decoder',
  discriminator: 'group.encoder',
};

const openAtFirst: readonly Group[] = ['data', 'generator', 'optimisers'];

/** Everything about the experiment that can be set, from the one table. */
export function Controls({ phone = false }: { readonly phone?: boolean }) {
  const t = useT();
  return (
    <>
      <ControlsHead />
      <div className="controls-scroll">
        {groups.map((group) => (
          <GroupOfSettings key={group} group={group} withSeed={phone} />
        ))}
        <p className="caption controls-note">
          <Zap className="icon icon-small" />
          {t('controls.live')}
        </p>
      </div>
      <RestartBar short={phone} />
    </>
  );
}

function ControlsHead() {
  const t = useT();
  const count = useDuel((state) => differingPaths(homeOf(state.preset), state.draft).length);
  const preset = useDuel((state) => state.preset);
  const choosePreset = useDuel((state) => state.choosePreset);
  return (
    <div className="panel-head">
      <h2>{t('controls.title')}</h2>
      <span className="caption">{count === 0 ? t('controls.asPreset') : t('controls.differ', { n: count })}</span>
      <span className="spacer" />
      {count > 0 && (
        <Button look="quiet" small icon aria-label={t('controls.resetAll')} onClick={() => choosePreset(preset.id)}>
          <Undo2 className="icon icon-small" />
        </Button>
      )}
    </div>
  );
}

function GroupOfSettings({ group, withSeed }: { readonly group: Group; readonly withSeed: boolean }) {
  const t = useT();
  const duel = useDuel((state) => isDuel(state.draft));
  const [open, setOpen] = useState(() => (recall(`group.${group}`) ?? String(openAtFirst.includes(group))) === 'true');
  const waits = useWaiting().filter((path) => fieldOf(path).group === group).length;
  const advice = useAdvice().filter(({ setting }) => fieldOf(setting).group === group).length;
  // As one string, so that the group draws again only when a row comes or goes.
  const shown = useDuel((state) =>
    paths
      .filter((path) => path !== 'train.seed' && fieldOf(path).group === group && isShown(path, state.draft))
      .join(' '),
  );
  if (shown === '') return null;
  return (
    <details
      className="group"
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
        remember(`group.${group}`, String(event.currentTarget.open));
      }}
    >
      <summary>
        <ChevronRight className="icon icon-small chevron" />
        <span className="group-name">{t((!duel && roles[group]) || `group.${group}`)}</span>
        {waits > 0 && (
          <span className="count count-warning" title={t('group.waiting', { n: waits })}>
            <RotateCw className="icon icon-small" />
            {waits}
          </span>
        )}
        {advice > 0 && (
          <span className="count count-warning" title={t('advice.count', { n: advice })}>
            <TriangleAlert className="icon icon-small" />
            {advice}
          </span>
        )}
        <Summary group={group} />
      </summary>
      {open && (
        <div className="group-body">
          {shown
            .split(' ')
            .map((path) =>
              path === 'data.set' ? <DataRow key={path} /> : <SettingRow key={path} path={path as Path} />,
            )}
          {withSeed && group === 'training' && (
            <div className="setting">
              <div className="setting-head">
                <HelpLabel path="train.seed" />
                <span className="spacer" />
                <SeedBox />
              </div>
            </div>
          )}
        </div>
      )}
    </details>
  );
}

function Summary({ group }: { readonly group: Group }) {
  const { t, format } = useLocale();
  const draft = useDuel((state) => state.draft);
  const facts = useDuel((state) => state.facts);
  const waits = useWaiting().length > 0;
  return (
    <span className="summary-value">{summaries[group]({ t, format, draft, facts: waits ? undefined : facts })}</span>
  );
}
