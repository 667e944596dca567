import type { ComponentProps } from 'react';
import './button.css';

interface Look {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly small?: boolean;
  /** Shows an icon and no word: give `aria-label`, which is then the tip as well. */
  readonly icon?: boolean;
  /** Why it cannot be used now. It stays focusable, so that the reason can be read. */
  readonly reason?: string | undefined;
}

export function Button({
  look = 'plain',
  small,
  icon,
  reason,
  className,
  onClick,
  ...rest
}: Look & ComponentProps<'button'>) {
  const classes = [
    'button',
    look !== 'plain' && `button-${look}`,
    small && 'button-small',
    icon && 'button-icon',
    className,
  ];
  const title = reason ?? rest.title ?? (icon ? rest['aria-label'] : undefined);
  return (
    <button
      type="button"
      {...rest}
      {...(title === undefined ? {} : { title })}
      className={classes.filter(Boolean).join(' ')}
      aria-disabled={reason === undefined ? undefined : true}
      onClick={reason === undefined ? onClick : undefined}
    />
  );
}
