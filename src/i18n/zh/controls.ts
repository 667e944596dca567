import type { controls as en } from '../en/controls.ts';
import type { Message } from '../message.ts';

export const controls = {
  'controls.title': '实验',
  'controls.asPreset': '与预设相同',
  'controls.differ': '{n} 项与预设不同',
  'controls.resetAll': '全部恢复为预设',
  'controls.live': '下一步生效',

  'group.data': '数据',
  'group.generator': '生成器',
  'group.discriminator': '判别器',
  'group.objective': '目标函数',
  'group.regularisers': '稳定手段',
  'group.optimisers': '优化器',
  'group.training': '训练',
  'group.waiting': '{n} 项更改需重启后生效',

  'summary.data': '{set}，批量 {batch}',
  'summary.weights': '{n} 个权重',
  'summary.objective': '{loss}，真实标签 {label}',
  'summary.comma': '、',
  'summary.none': '无',
  'summary.optimisers': '{g}，{d}',
  'summary.training': 'D {d} : G {g}，EMA {ema}',

  'setting.help': '{name}是什么意思',
  'setting.was': '原为 {value}',
  'setting.reset': '把{name}恢复为 {value}',
  'setting.isLive': '下一步生效',
  'setting.needsRestart': '需重启后生效',
  'setting.isLiveHelp': '下一步生效。',
  'setting.needsRestartHelp': '更改需重启后生效。',
  'setting.off': '关',
  'setting.notNumber': '“{text}”不是数字。{name}仍为 {value}。',
  'setting.tooSmall': '{name}最小为 {limit}，已设为 {value}。',
  'setting.tooLarge': '{name}最大为 {limit}，已设为 {value}。',
  'setting.whole': '{name}必须是整数，已设为 {value}。',
  'setting.default': '预设为 {value}。',

  'unit.images': '张',
  'unit.pixels': 'px',
  'unit.channels': '通道',
  'unit.units': '个',
  'unit.layers': '层',
  'unit.steps': '步',

  'restart.waits': '{n} 项更改需重启后生效',
  'restart.change': '{name} {from} → {to}',
  'restart.go': '应用更改并重启',
  'restart.goShort': '重启',
  'restart.discard': '放弃',
  'restart.more': '另有 {n} 项',

  'seed.label': '种子',
  'seed.new': '换一个种子',
} satisfies Record<keyof typeof en, Message>;
