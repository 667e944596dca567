import type { errors as en } from '../en/errors.ts';
import type { Message } from '../message.ts';

export const errors = {
  'error.backend-unknown.title': '没有这个后端',
  'error.backend-unknown.happened': '地址要求使用后端“{backend}”，但它不存在。',
  'error.backend-unknown.kept': '地址中的实验已保留；后端已自动选定。',
  'error.backend-unknown.todo': '请在 ?backend= 后面写 webgpu、webgl、wasm 或 cpu。',

  'error.backend-unavailable.title': '{backend} 在这里不可用',
  'error.backend-unavailable.happened': '这个浏览器无法用 {backend} 训练：{reason}。',
  'error.backend-unavailable.kept': '您的设置已保留。',
  'error.backend-unavailable.todo': '请让 Duel 自动选择，或改用其他后端。',

  'error.backend-self-test.title': '{backend} 算出了错误的数值',
  'error.backend-self-test.happened': '自检时 {backend} 没有得到已知的结果，用它训练没有意义。',
  'error.backend-self-test.kept': '您的设置已保留。',
  'error.backend-self-test.todo': '请改用其他后端。更新浏览器或显卡驱动往往可以解决。',

  'error.backend-none.title': '这里无法训练',
  'error.backend-none.happened': '在这个浏览器里，WebGPU、WebGL、WASM 和 CPU 都没有通过自检。',
  'error.backend-none.kept': '您的设置已保留。',
  'error.backend-none.todo': '请重试，或用新版的 Chrome、Edge、Firefox 或 Safari 打开本页。',

  'error.device-lost.title': '图形设备已丢失',
  'error.device-lost.happened': '浏览器收回了 GPU：驱动被重置，或机器休眠过。',
  'error.device-lost.kept': '您的设置已保留；这次运行的权重已丢失。',
  'error.device-lost.todo': '请重新开始，或改用 WASM，它不受驱动影响。',

  'error.device-refused.title': '图形设备拒绝了一条命令',
  'error.device-refused.happened': 'WebGPU 不肯执行交给它的命令：{message}',
  'error.device-refused.kept': '您的设置已保留；这次运行的权重已不可信。',
  'error.device-refused.todo': '请改用 WASM，它不需要图形设备，并把上面的文字报告给我们。',

  'error.data-missing.title': '数据文件缺失',
  'error.data-missing.happened': '本页所在的服务器上没有 {file}。',
  'error.data-missing.kept': '您的设置已保留；没有用它训练过。',
  'error.data-missing.todo': '请重新加载。如果仍然如此，请选择其他数据集。',

  'error.data-network.title': '数据没有到达',
  'error.data-network.happened': '无法取得 {file}。',
  'error.data-network.kept': '您的设置已保留；没有用它训练过。',
  'error.data-network.todo': '请检查网络连接，然后重新加载。',

  'error.data-truncated.title': '数据文件不完整',
  'error.data-truncated.happened': '{file} 的长度不对，没有完整到达。',
  'error.data-truncated.kept': '您的设置已保留；没有用它训练过。',
  'error.data-truncated.todo': '请重新加载。如果仍然如此，请选择其他数据集。',

  'error.data-damaged.title': '数据文件已损坏',
  'error.data-damaged.happened': '{file} 的内容与应有的不符。',
  'error.data-damaged.kept': '您的设置已保留；没有用它训练过。',
  'error.data-damaged.todo': '请重新加载。如果仍然如此，请选择其他数据集。',

  'error.data-manifest.title': '数据集列表无法读取',
  'error.data-manifest.happened': '{file} 与这一版页面所需的不符（{reason}）。',
  'error.data-manifest.kept': '您的设置已保留。',
  'error.data-manifest.todo': '请重新加载页面。如果仍然如此，服务器上的副本不完整。',

  'error.points-none.title': '其中没有点',
  'error.points-none.happened':
    '一个点是一行两个数：x 和 y。这样的行只找到 {found} 行，另有 {skipped} 行无法读取，第一行是“{text}”。',
  'error.points-none.happened.empty': '一个点是一行两个数：x 和 y。这样的行只找到 {found} 行。',
  'error.points-none.kept': '原有的点已保留。',
  'error.points-none.todo': '请选择至少有两行数据的文件，首行可以是表头。',

  'error.points-too-large.title': '文件太大',
  'error.points-too-large.happened': '它有 {bytes} 字节，最多读取 {most} 字节。',
  'error.points-too-large.kept': '原有的点已保留。',
  'error.points-too-large.todo': '请只留约 20,000 行以及 x、y 两列。',

  'error.points-unreadable.title': '文件无法读取',
  'error.points-unreadable.happened': '浏览器无法读取 {file}。',
  'error.points-unreadable.kept': '原有的点已保留。',
  'error.points-unreadable.todo': '请重新选择，或换一个文件。',

  'error.experiment-invalid.title': '设置没有这个值',
  'error.experiment-invalid.happened': '{setting} 不能是“{value}”。允许的值：{allowed}。',
  'error.experiment-invalid.happened.unknown': '没有“{setting}”这项设置。',
  'error.experiment-invalid.happened.restart': '运行中不能更改“{setting}”。',
  'error.experiment-invalid.happened.range': '{setting} 不能是“{value}”。允许的值：{min} 到 {max}。',
  'error.experiment-invalid.happened.wholeRange': '{setting} 不能是“{value}”。允许的值：{min} 到 {max} 的整数。',
  'error.experiment-invalid.happened.rangeOrOff': '{setting} 不能是“{value}”。允许的值：0（关闭），或 {min} 到 {max}。',
  'error.experiment-invalid.happened.wholeRangeOrOff':
    '{setting} 不能是“{value}”。允许的值：0（关闭），或 {min} 到 {max} 的整数。',
  'error.experiment-invalid.kept': '它和同来的其他改动都没有采用。',
  'error.experiment-invalid.todo': '请改正这项设置，或恢复预设。',

  'error.link-invalid.title': '链接无法读取',
  'error.link-invalid.happened': '链接中的“{part}”不是一项设置。',
  'error.link-invalid.happened.twice': '链接中的“{part}”出现了两次。',
  'error.link-invalid.happened.long': '链接长达 {part} 个字符，Duel 没有这么长的链接。',
  'error.link-invalid.kept': '其中的内容都没有采用，打开的仍是原来的实验或默认实验。',
  'error.link-invalid.todo': '请重新索取链接，或从这里继续。',

  'error.link-version.title': '链接来自其他版本',
  'error.link-version.happened': '链接的版本是“{version}”，本页只能读取版本 1。',
  'error.link-version.kept': '其中的内容都没有采用，打开的仍是原来的实验或默认实验。',
  'error.link-version.todo': '请用本页重新生成链接。',

  'error.preset-unknown.title': '没有这个预设',
  'error.preset-unknown.happened': '没有预设“{preset}”。现有：{known}。',
  'error.preset-unknown.kept': '打开的仍是原来的实验或默认实验。',
  'error.preset-unknown.todo': '请从菜单中选择预设。',

  'error.out-of-memory.title': '内存已满',
  'error.out-of-memory.happened': '浏览器没有足够的内存容纳这些网络。',
  'error.out-of-memory.kept': '您的设置已保留；这次运行的权重已丢失。',
  'error.out-of-memory.todo': '请把批量减半，或用更窄的网络重新开始。',

  'error.not-finite.title': '训练发散',
  'error.not-finite.happened': '在第 {step} 步，某个损失或梯度变成了无穷大或 NaN。',
  'error.not-finite.kept': '您的设置、曲线和最后的样本已保留；权重已不能再用。',
  'error.not-finite.todo': '请把学习率减半后重新开始，或重置后修改您怀疑的设置。',

  'error.worker-start.title': '训练线程没有启动',
  'error.worker-start.happened': '浏览器无法启动负责训练的线程。',
  'error.worker-start.kept': '您的设置已保留。',
  'error.worker-start.todo': '请重试。如果仍然如此，请重新加载页面：可能是扩展程序或未更新完整的副本在阻止它。',

  'error.worker-crash.title': '训练线程已停止',
  'error.worker-crash.happened': '负责训练的线程自行结束，往往是因为内存不足。',
  'error.worker-crash.kept': '您的设置和曲线已保留；这次运行的权重已丢失。',
  'error.worker-crash.todo': '请重新开始，或改用其他后端。',

  'error.internal.title': '发生了意料之外的情况',
  'error.internal.happened': 'Duel 没有预料到：{message}',
  'error.internal.kept': '您的设置已保留。',
  'error.internal.todo': '请重试。如果再次出现，请把上面的文字和实验链接一起报告。',

  'wayOut.retry': '重试',
  'wayOut.load': '重新加载',
  'wayOut.again': '重新开始',
  'wayOut.auto': '自动选择',
  'wayOut.wasm': '改用 WASM',
  'wayOut.cpu': '改用 CPU',
  'wayOut.preset': '恢复预设',
  'wayOut.default': '恢复默认设置',
  'wayOut.halveRates': '两个学习率减半',
  'wayOut.halveBatch': '批量减半',
  'wayOut.reload': '重新加载页面',
} satisfies Record<keyof typeof en, Message>;
