/** The charts weigh more than the rest of the page, so they load when they are about to have something to show. */
let charts: Promise<typeof import('../charts/Signals.tsx')> | undefined;

export function fetchCharts() {
  charts ??= import('../charts/Signals.tsx');
  // A failure is for whoever draws them to tell; the next one to ask tries again.
  charts.catch(() => {
    charts = undefined;
  });
  return charts;
}
