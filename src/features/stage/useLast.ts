import { useRef } from 'react';

/** The value, or the last one there was: a run that is being built anew shows the old samples until it has its own. */
export function useLast<Value>(value: Value | undefined): Value | undefined {
  const last = useRef(value);
  if (value !== undefined) last.current = value;
  return last.current;
}
