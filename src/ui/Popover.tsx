import { autoUpdate, computePosition, flip, offset, type Placement, shift, size } from '@floating-ui/dom';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import './floating.css';

interface Props {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly onClose: () => void;
  readonly placement?: Placement;
  readonly className?: string;
  readonly children: ReactNode;
  readonly onPointerEnter?: () => void;
  readonly onPointerLeave?: () => void;
}

/**
 * Shown while mounted, in the top layer, beside its anchor. The browser closes it on Escape and on a press
 * elsewhere, and `onClose` is told.
 */
export function Popover({
  anchor,
  label,
  onClose,
  placement = 'bottom-start',
  className,
  children,
  ...pointer
}: Props) {
  const element = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const popover = element.current;
    const reference = anchor.current;
    if (!popover || !reference) return;
    popover.showPopover();
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') close.current();
    };
    popover.addEventListener('toggle', onToggle);
    const place = async () => {
      const middleware = [
        offset(6),
        flip({ padding: 8 }),
        shift({ padding: 8 }),
        size({
          padding: 8,
          apply: ({ availableHeight }) => popover.style.setProperty('max-height', `${availableHeight}px`),
        }),
      ];
      const { x, y } = await computePosition(reference, popover, { strategy: 'fixed', placement, middleware });
      popover.style.left = `${x}px`;
      popover.style.top = `${y}px`;
    };
    const stop = autoUpdate(reference, popover, place);
    return () => {
      stop();
      popover.removeEventListener('toggle', onToggle);
    };
  }, [anchor, placement]);

  return (
    <div
      ref={element}
      popover="auto"
      role="dialog"
      aria-label={label}
      className={className ? `popover ${className}` : 'popover'}
      {...pointer}
    >
      {children}
    </div>
  );
}
