// The theme that was chosen here, before the first paint: the page's own script (src/ui/theme.ts) comes after it.
// A file of its own, since the content security policy allows no script within the page.
try {
  const theme = localStorage.getItem('duel.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is denied: nothing was chosen.
}
