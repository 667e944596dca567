import type { charts as en } from '../en/charts.ts';
import type { Message } from '../message.ts';

export const charts = {
  'charts.title': '信号',
} satisfies Record<keyof typeof en, Message>;
