import { useEffect, useRef, useState } from 'react';

/** A value as it was at most `ms` ago, renewed no oftener than that. */
export function useCalm<Value>(value: Value, ms: number): Value {
  const [calm, setCalm] = useState(value);
  const newest = useRef(value);
  useEffect(() => {
    newest.current = value;
  }, [value]);
  useEffect(() => {
    const timer = setInterval(() => setCalm(newest.current), ms);
    return () => clearInterval(timer);
  }, [ms]);
  return calm;
}
