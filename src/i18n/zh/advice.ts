import type { advice as en } from '../en/advice.ts';
import type { Message } from '../message.ts';

/** Why settings do not go together: `config/soundness.ts` says when. */
export const advice = {
  'advice.mend': '把{changes}',
  'advice.change': '“{name}”设为“{value}”',
  'advice.and': '，并把',
  'advice.count': '{n} 项设置与其他设置冲突',

  'advice.penalty-norm': '对 D 斜率的惩罚是针对单张图像的，而使用批归一化时，D 对一张图像的判断取决于同批的其他图像。',
  'advice.spectral-norm': '批归一化会把谱归一化刚刚限制住的量重新放大，D 又可能变得很陡。',
  'advice.spectral-fixup': '这种网络让每个残差块从零开始，起步才平稳；谱归一化会立刻把它们放大到满幅。',
  'advice.penalty-discrimination': '对 D 斜率的惩罚是针对单张图像的，而小批量判别要把它与同批的其他图像比较。',
  'advice.pack-batch': '批量大小不是打包数的倍数，多出来的图像用不上。',
  'advice.wasserstein-free': '只有限制 D 的斜率，Wasserstein 损失才有意义。这里没有任何限制，D 的评分会失控。',
  'advice.clip-penalty': '裁剪使 D 的权重太小，达不到梯度惩罚所要求的斜率 1，两者互相拉扯。',
  'advice.clip-spectral': '谱归一化会把权重的大小重新除掉，裁剪便什么也限制不了。',
  'advice.clip-momentum': '权重受到裁剪时，动量会使训练不稳定：WGAN 的作者因此放弃了 β₁ 大于 0 的 Adam。',
  'advice.adapt-loss': '增强比例跟随 D 对真图评分大于 0 的频率，但这种损失只看评分之差，0 没有意义。',
  'advice.penalty-precision': '这个后端的精度达不到 float32 应有的水平，而惩罚要对梯度再求梯度，误差会放大。',
} satisfies Record<keyof typeof en, Message>;
