import { useSyncExternalStore } from 'react';
import { recall, remember } from '../i18n/remember.ts';

/**
 * Light or dark: the system's preference until a person says otherwise. `data-theme` on `<html>` is what CSS reads;
 * public/theme.js sets it before the first paint.
 */
export type Theme = 'light' | 'dark';

const dark = '(prefers-color-scheme: dark)';
const listeners = new Set<() => void>();

const systemTheme = (): Theme => (matchMedia(dark).matches ? 'dark' : 'light');

export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : systemTheme();
}

function show(theme: Theme | undefined): void {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const listener of listeners) listener();
}

/** Choosing what the system prefers gives the choice back to the system. */
export function chooseTheme(theme: Theme): void {
  const chosen = theme === systemTheme() ? undefined : theme;
  remember('theme', chosen ?? '');
  show(chosen);
}

export function startTheme(): void {
  const chosen = recall('theme');
  show(chosen === 'light' || chosen === 'dark' ? chosen : undefined);
  matchMedia(dark).addEventListener('change', () => show(document.documentElement.dataset.theme as Theme | undefined));
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentTheme);
}
