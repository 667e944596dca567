import ChevronDown from 'lucide-react/icons/chevron-down';
import type { ComponentProps } from 'react';
import './button.css';

interface Props extends Omit<ComponentProps<'select'>, 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly word: string }[];
  readonly onChange: (value: string) => void;
}

/** The native list: the system's own keyboard, search by typing, and wheel on a phone. */
export function Select({ label, value, options, onChange, className, ...rest }: Props) {
  return (
    <span className={className ? `select ${className}` : 'select'}>
      <select {...rest} aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.word}
          </option>
        ))}
      </select>
      <ChevronDown className="icon icon-small" />
    </span>
  );
}
