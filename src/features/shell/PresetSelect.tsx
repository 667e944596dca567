import { datasets } from '../../config/datasets.ts';
import { presets } from '../../config/presets.ts';
import { en } from '../../i18n/en/index.ts';
import type { Key } from '../../i18n/i18n.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Select } from '../../ui/Select.tsx';

/** The experiments to begin from, each with an image of its data. */
export function PresetSelect() {
  const t = useT();
  const preset = useDuel((state) => state.preset);
  const set = useDuel((state) => state.draft['data.set']);
  const choosePreset = useDuel((state) => state.choosePreset);
  const options = presets.map(({ id }) => {
    const key = `preset.${id}.name`;
    return { value: id, word: key in en ? t(key as Extract<Key, `preset.${string}.name`>) : id };
  });
  return (
    <span className="preset">
      <img src={datasets[set].thumbnail} alt="" width={20} height={20} />
      <Select label={t('bar.preset')} value={preset.id} options={options} onChange={choosePreset} />
    </span>
  );
}
