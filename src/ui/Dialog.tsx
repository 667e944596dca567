import X from 'lucide-react/icons/x';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useT } from '../i18n/react.tsx';
import { Button } from './Button.tsx';
import './floating.css';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly className?: string;
  readonly children: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/** A modal dialog, open while mounted: focus stays inside, Escape and a press outside close it. */
export function Dialog({ title, onClose, className, children, actions, onKeyDown }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const t = useT();

  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);

  return (
    <dialog
      ref={element}
      className={className ? `dialog ${className}` : 'dialog'}
      aria-labelledby={heading}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <header>
        <h2 id={heading}>{title}</h2>
        {actions}
        <Button look="quiet" icon aria-label={t('dialog.close')} onClick={onClose}>
          <X className="icon" />
        </Button>
      </header>
      {children}
    </dialog>
  );
}
