import { type KeyboardEvent, useRef } from 'react';
import './button.css';

interface Option<Value extends string> {
  readonly value: Value;
  readonly word: string;
  /** Said instead of a word that is too short to be understood alone. */
  readonly name?: string;
}

interface Props<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly small?: boolean;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** One of a few, all in view. One tab stop; the arrow keys move and choose. */
export function Segmented<Value extends string>({ label, value, options, onChange, small }: Props<Value>) {
  const group = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = options.findIndex((option) => option.value === value);
    const next = (at + step + options.length) % options.length;
    const option = options[next];
    if (!option) return;
    onChange(option.value);
    (group.current?.children[next] as HTMLElement | undefined)?.focus();
  };

  return (
    <div
      ref={group}
      className={small ? 'segmented segmented-small' : 'segmented'}
      role="radiogroup"
      aria-label={label}
      onKeyDown={onKeyDown}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: native radios cannot be styled as one well without hiding them
        <button
          key={option.value}
          type="button"
          role="radio"
          data-word={option.word}
          title={option.name}
          aria-label={option.name}
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
        >
          {option.word}
        </button>
      ))}
    </div>
  );
}
