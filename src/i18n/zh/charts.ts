import type { charts as en } from '../en/charts.ts';
import type { Message } from '../message.ts';

export const charts = {
  'charts.title': '信号',
  'charts.smoothing': '平滑',
  'charts.full': '全屏',
  'charts.close': '退出全屏',
  'charts.live': '回到当前',
  'charts.log': '对数',
  'charts.log.label': '{chart}：对数刻度',
  'charts.step': '步',
  'charts.empty': '尚无数据。点“训练”或“单步”后在此绘制。',
  'charts.hidden': '0 及以下的值未画出',
  'charts.loss': '损失',
  'charts.bound': 'R 与 KL（纳特）',
  'charts.opinion': 'D 的判断',
  'charts.gradient': '梯度范数',
  'charts.penalty': '惩罚项',
  'charts.augment': '增强的概率',
  'charts.guide.loss': 'D 对一切都答 0.5：2 ln 2',
  'charts.guide.opinion': '0.5：D 无法分辨',
  'charts.plot': '{chart}，按步',
  'charts.now': '当前，第 {step} 步：{figures}',
  'charts.then': '第 {step} 步：{figures}',
  'charts.keys': '方向键与翻页键移动所有图表的游标，Esc 回到当前。',
} satisfies Record<keyof typeof en, Message>;
