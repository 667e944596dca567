import { type RefObject, useRef, useState } from 'react';

interface PopoverControl<Element extends HTMLElement> {
  readonly anchor: RefObject<Element | null>;
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  /** For the button that opens and closes it. */
  readonly button: {
    readonly 'aria-expanded': boolean;
    readonly 'aria-haspopup': 'dialog';
    readonly onPointerDown: () => void;
    readonly onClick: () => void;
  };
}

/**
 * Opening and closing by one button. The press that the browser takes as "elsewhere" and closes the popover with is
 * the same press that clicks the button; what was open when it began must not be opened again by it.
 */
export function usePopover<Element extends HTMLElement = HTMLButtonElement>(): PopoverControl<Element> {
  const anchor = useRef<Element>(null);
  const pressedOpen = useRef(false);
  const [open, setOpen] = useState(false);
  const button = {
    'aria-expanded': open,
    'aria-haspopup': 'dialog',
    onPointerDown: () => {
      pressedOpen.current = open;
    },
    onClick: () => {
      setOpen(!(open || pressedOpen.current));
      pressedOpen.current = false;
    },
  } as const;
  return { anchor, open, setOpen, button };
}
