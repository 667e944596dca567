import { datasetFacts } from '../../config/datasets.ts';
import { presets } from '../../config/presets.ts';
import { isWorld } from '../../config/worlds.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Select } from '../../ui/Select.tsx';
import { presetName } from '../presetWords.ts';

/** The experiments to begin from, each with an image of its data. */
export function PresetSelect() {
  const t = useT();
  const preset = useDuel((state) => state.preset);
  const set = useDuel((state) => state.draft['data.set']);
  const choosePreset = useDuel((state) => state.choosePreset);
  const options = presets.map((known) => ({ value: known.id, word: presetName(t, known) }));
  return (
    <span className="preset">
      {!isWorld(set) && <img src={datasetFacts(set).thumbnail} alt="" width={20} height={20} />}
      <Select label={t('bar.preset')} value={preset.id} options={options} onChange={choosePreset} />
    </span>
  );
}
