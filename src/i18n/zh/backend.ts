import type { backend as en } from '../en/backend.ts';
import type { Message } from '../message.ts';

export const backend = {
  'backend.webgpu': 'WebGPU',
  'backend.webgl': 'WebGL',
  'backend.wasm': 'WASM',
  'backend.cpu': 'CPU',
  'backend.choosing': '正在试各个后端',
  'backend.none': '没有后端',
  'backend.title': '训练在哪里进行',
  'backend.chosen': '由 {name} 运行：{adapter}。',
  'backend.by.trial': '经过自检和一次简短的实测，在这台机器上选定。',
  'backend.by.you': '由你选定。',
  'backend.pick': '运行于',
  'backend.switch': '换后端会从第 0 步重新开始，设置保留。',
  'backend.use': '使用 {name}',
  'backend.again': '自动选择',
  'backend.trial': '每步 {ms} 毫秒',
  'backend.error': '（误差 {error}）',
  'verdict.chosen': '正在运行',
  'verdict.slower': '通过自检，实测较慢',
  'verdict.software': '只有软件模拟的 GPU，没有试就跳过了',
  'verdict.absent': '这个浏览器没有',
  'verdict.no-adapter': '浏览器没有找到可用的设备',
  'verdict.self-test': '自检时算出了错误的数值',
  'verdict.crashed': '启动时出错',
  'verdict.not-tried': '没有试，此前已经选定',
  'backend.untried': '没有试',
  'backend.refused': '没有通过',

  'wasm.simd': 'SIMD',
  'wasm.fma': 'SIMD + FMA',
  'wasm.runs': '{kernels}，{n} 个线程',
  'wasm.single.not-isolated':
    '目前只用一个线程。只有跨源隔离（与所有其他网站隔开）的页面，浏览器才允许使用多个线程，而本页没有隔离。',
  'wasm.single.one-core': '目前只用一个线程：浏览器报告这台机器只有一个核心。',
  'wasm.single.no-shared-memory':
    '目前只用一个线程：浏览器没有提供可供多个线程共用的内存。关闭其他标签页后重新加载，也许就能得到。',
  'wasm.single.helpers-failed':
    '目前只用一个线程：辅助线程没有启动，或已经停止。训练继续进行，得到的权重相同。下一次运行会重新启动已停止的线程。',

  'isolation.insecure': '本页是通过普通 HTTP 打开的；改用 HTTPS 就可以隔离。',
  'isolation.embedded': '本页嵌在另一个页面里；在单独的标签页中打开就可以隔离。',
  'isolation.no-service-worker': '服务器没有要求隔离，而这个浏览器也没有可以代劳的 Service Worker，无痕窗口往往如此。',
  'isolation.refused': '服务器没有要求隔离，而本应代劳的 Service Worker 没有启动。',
  'isolation.late': '重新加载之后就会隔离。设置会保留，训练从头开始。',
  'isolation.in-vain': '服务器没有要求隔离；Service Worker 代为要求了，但浏览器没有照办。',
} satisfies Record<keyof typeof en, Message>;
