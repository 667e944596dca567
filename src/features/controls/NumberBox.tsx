import { type KeyboardEvent, useId, useState } from 'react';
import type { SliderField } from '../../config/field.ts';
import type { Path } from '../../config/fields.ts';
import { useT } from '../../i18n/react.tsx';
import { type Problem, readNumber } from './number.ts';
import { nudge } from './scale.ts';
import { useUnit } from './useUnit.ts';
import { nameOf, numberOf, wordOf } from './words.ts';

interface Props {
  readonly path: Path;
  readonly field: SliderField;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Told with the message when what was typed could not be taken as it stood, and with nothing once it can. */
  readonly onProblem: (message: string | undefined) => void;
  readonly invalid: boolean;
  readonly describedBy?: string | undefined;
}

const keySteps: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** The typed side of a setting. Taken on Enter and when left; Escape gives up what was typed. */
export function NumberBox({ path, field, value, onChange, onProblem, invalid, describedBy }: Props) {
  const t = useT();
  const unit = useId();
  const [typed, setTyped] = useState<string>();
  const name = nameOf(t, path);
  const shown = wordOf(t, path, value);
  const word = useUnit(field);

  const commit = () => {
    if (typed === undefined) return;
    setTyped(undefined);
    const off = field.zeroIsOff && (typed.trim() === '' || typed.trim() === t('setting.off'));
    const { value: next, problem } = off ? { value: 0, problem: undefined } : readNumber(field, typed, value);
    onProblem(problem && messageOf(problem, typed, next));
    if (next !== value) onChange(next);
  };

  const messageOf = (problem: Problem, text: string, next: number) => {
    const kept = numberOf(field, next);
    const messages: Readonly<Record<Problem, () => string>> = {
      notNumber: () => t('setting.notNumber', { text: text.slice(0, 20), name, value: wordOf(t, path, value) }),
      tooSmall: () => t('setting.tooSmall', { name, limit: numberOf(field, field.min), value: kept }),
      tooLarge: () => t('setting.tooLarge', { name, limit: numberOf(field, field.max), value: kept }),
      whole: () => t('setting.whole', { name, value: kept }),
    };
    return messages[problem]();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const steps = keySteps[event.key];
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape' && typed !== undefined) {
      setTyped(undefined);
      event.stopPropagation();
    } else if (steps !== undefined) {
      event.preventDefault();
      setTyped(undefined);
      onProblem(undefined);
      onChange(nudge(field, value, steps));
    }
  };

  return (
    <span className="number-box" data-invalid={invalid || undefined}>
      <input
        inputMode={field.min < 0 ? 'text' : 'decimal'}
        autoComplete="off"
        spellCheck={false}
        aria-label={name}
        aria-invalid={invalid || undefined}
        aria-describedby={[field.unit && unit, describedBy].filter(Boolean).join(' ') || undefined}
        value={typed ?? shown}
        size={Math.max(3, Math.min(8, (typed ?? shown).length))}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {field.unit && value !== 0 && (
        <span className="unit" id={unit}>
          {word}
        </span>
      )}
    </span>
  );
}
