/** Words of the charts. */
export const charts = {
  'charts.title': 'Signals',
} as const;
