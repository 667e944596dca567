import { type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';
import { type DatasetId, datasetFacts, datasetIds } from '../../config/datasets.ts';
import { isWorld, type WorldId, worldIds } from '../../config/worlds.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { HelpLabel } from './HelpLabel.tsx';
import { Was } from './SettingRow.tsx';
import { useSetting } from './useSetting.ts';
import { WorldSign } from './WorldSign.tsx';
import { nameOf, wordOf } from './words.ts';
import './data.css';

const PointsDialog = lazy(() => import('../points/PointsDialog.tsx'));

const path = 'data.set';
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
const ids: readonly (DatasetId | WorldId)[] = [...datasetIds, ...worldIds];

/** The data sets as pictures, images first, then the worlds of the plane. One tab stop; arrow keys move and choose. */
export function DataRow() {
  const t = useT();
  const setting = useSetting(path);
  const group = useRef<HTMLDivElement>(null);
  const value = setting.value as DatasetId | WorldId;

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = ids[(ids.indexOf(value) + step + ids.length) % ids.length];
    if (next === undefined) return;
    setting.set(next);
    group.current?.querySelector<HTMLElement>(`[data-set='${next}']`)?.focus();
  };

  const tile = (id: DatasetId | WorldId) => (
    // biome-ignore lint/a11y/useSemanticElements: native radios cannot be styled as tiles without hiding them
    <button
      key={id}
      type="button"
      role="radio"
      className="data-tile"
      data-set={id}
      aria-checked={id === value}
      aria-label={wordOf(t, path, id)}
      title={wordOf(t, path, id)}
      tabIndex={id === value ? 0 : -1}
      onClick={() => setting.set(id)}
    >
      {isWorld(id) ? <WorldSign world={id} /> : <img src={datasetFacts(id).thumbnail} alt="" width={28} height={28} />}
    </button>
  );

  return (
    <div className="setting" data-state={setting.state}>
      <div className="setting-head">
        <HelpLabel path={path} />
        <span className="spacer" />
        <span className="data-name">{wordOf(t, path, value)}</span>
      </div>
      <div ref={group} className="data-tiles" role="radiogroup" aria-label={nameOf(t, path)} onKeyDown={onKeyDown}>
        <span className="caption">{t('worlds.images')}</span>
        {datasetIds.map(tile)}
        <span className="caption">{t('worlds.plane')}</span>
        {worldIds.map(tile)}
      </div>
      {setting.state !== 'rest' && (
        <div className="setting-foot">
          <Was path={path} setting={setting} />
        </div>
      )}
      {value === 'points' && <OwnPoints />}
    </div>
  );
}

/** How many points of their own a person has brought, and the way to change them. */
function OwnPoints() {
  const t = useT();
  const points = useDuel((state) => state.points);
  const [open, setOpen] = useState(false);
  return (
    <div className="own-points">
      <span className="caption">{points ? t('points.count', { n: points.length / 2 }) : t('points.example')}</span>
      <Button small onClick={() => setOpen(true)}>
        {t('points.edit')}
      </Button>
      {open && (
        <Suspense>
          <PointsDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
