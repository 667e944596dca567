import Dices from 'lucide-react/icons/dices';
import { useState } from 'react';
import type { SliderField } from '../../config/field.ts';
import { fields } from '../../config/fields.ts';
import { useT } from '../../i18n/react.tsx';
import { Button } from '../../ui/Button.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { usePopover } from '../../ui/usePopover.ts';
import { NumberBox } from './NumberBox.tsx';
import { useSetting } from './useSetting.ts';

const field: SliderField = fields['train.seed'];

/** The seed is a name, not a size: a box and dice, no slider. Only the choice of a new name may use Math.random. */
export function SeedBox() {
  const t = useT();
  const { value, state, set } = useSetting('train.seed');
  const [problem, setProblem] = useState<string>();
  const { anchor } = usePopover<HTMLSpanElement>();
  return (
    <span className="seed-box" ref={anchor} data-state={state}>
      <NumberBox
        path="train.seed"
        field={field}
        value={value as number}
        onChange={set}
        onProblem={setProblem}
        invalid={problem !== undefined}
      />
      <Button
        look="quiet"
        small
        icon
        aria-label={t('seed.new')}
        onClick={() => {
          setProblem(undefined);
          set(Math.floor(Math.random() * 10_000));
        }}
      >
        <Dices className="icon" />
      </Button>
      {problem && (
        <Popover anchor={anchor} label={t('seed.label')} className="problem" onClose={() => setProblem(undefined)}>
          <p role="status">{problem}</p>
        </Popover>
      )}
    </span>
  );
}
