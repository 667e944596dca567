import X from 'lucide-react/icons/x';
import { type ComponentProps, type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useT } from '../i18n/react.tsx';
import { Button } from './Button.tsx';
import './floating.css';

interface ModalProps extends Pick<ComponentProps<'dialog'>, 'aria-label' | 'aria-labelledby' | 'className'> {
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** What has the focus first, where that is not the first thing that can have it. */
  readonly firstFocus?: string;
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
}

/** What is over the page while mounted: focus stays inside, Escape and a press outside close it. Without any look. */
export function Modal({ firstFocus, onClose, ...rest }: ModalProps) {
  const element = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    if (firstFocus) dialog?.querySelector<HTMLElement>(firstFocus)?.focus();
    return () => dialog?.close();
  }, [firstFocus]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key for a press outside is Escape
    <dialog
      ref={element}
      {...rest}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    />
  );
}

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly className?: string;
  readonly children: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/** A modal with a title and a button that closes it. */
export function Dialog({ title, onClose, className, children, actions, onKeyDown }: Props) {
  const heading = useId();
  const t = useT();
  return (
    <Modal
      className={className ? `dialog ${className}` : 'dialog'}
      aria-labelledby={heading}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <header>
        <h2 id={heading}>{title}</h2>
        {actions}
        <Button look="quiet" icon aria-label={t('dialog.close')} onClick={onClose}>
          <X className="icon" />
        </Button>
      </header>
      {children}
    </Modal>
  );
}
