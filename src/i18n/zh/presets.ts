import type { presets as en } from '../en/presets.ts';
import type { Message } from '../message.ts';

export const presets = {
  'preset.fashion.name': 'Fashion-MNIST，DCGAN',
  'preset.fashion.expect': '约 150 步出现轮廓，约 500 步能认出上衣、裤子和鞋，到 3,000 步愈加精细。',
  'preset.digits.name': '手写数字，DCGAN',
  'preset.digits.expect': '先出现笔画，约 500 步能读出数字。',
  'preset.avatars.name': '卡通头像，16 px',
  'preset.avatars.expect': '约 300 步出现脸，约 600 步出现头发和眼镜，约 1,500 步时颜色稳定下来。',
  'preset.emoji.name': '表情符号，32 px',
  'preset.emoji.expect': '约 600 步出现彩色的形状。这个数据集小而杂：只会隐约像表情，不会真是表情。',
  'preset.digits-classes.name': '手写数字，逐类生成',
  'preset.digits-classes.expect': '按要求生成每个数字：样本从 0 排到 9，约 500 步后可以辨认。',
  'preset.fashion-acgan.name': 'Fashion-MNIST，AC-GAN',
  'preset.fashion-acgan.expect':
    '样本依次是十类衣物，T 恤在最前。约 500 步后各类都有，但同一类里几乎一个样：这是 AC-GAN 已知的弱点。可与“投影”比较。',
  'preset.sn-hinge.name': 'SN-DCGAN，合页损失',
  'preset.sn-hinge.expect': '曲线平稳，这正是谱归一化的用意。一百步后有衣物的轮廓；每步耗时是 DCGAN 的数倍。',
  'preset.wgan-gp.name': 'DCGAN，Wasserstein 加梯度惩罚',
  'preset.wgan-gp.expect':
    '每步耗时约为 DCGAN 的两倍。D 的损失先远离 0，随后随图像变好而慢慢回来：几百步后出现柔和的衣物。',
  'preset.r3gan-small.name': '残差网络，相对配对加 R1 和 R2',
  'preset.r3gan-small.expect': '新近的做法，缩小版。每步较慢：几百步后出现各种柔和的轮廓，之后逐渐清晰。',
  'preset.stylegan-lite.name': '精简 StyleGAN',
  'preset.stylegan-lite.expect':
    '几百个较慢的步后有粗略的衣物。移动 ψ，以多样换整洁；“风格”里可以看到粗略与精细的风格如何混合。',
  'preset.dcgan-paper.name': 'DCGAN，论文的设置',
  'preset.dcgan-paper.expect': '平稳而缓慢：前一千步只有色块，两千步以后才像衣服。',
  'preset.article.name': '文章中的网络',
  'preset.article.expect': '按文章的本意运行。较慢：约一千步后才有形状。“关于”里写明了哪些地方必须改正。',
  'preset.mlp.name': '手写数字，不用卷积',
  'preset.mlp.expect': '每步很快，约一千步后出现带噪点的数字。有些数字可能始终不出现。',
  'preset.vae.name': 'Fashion-MNIST，VAE',
  'preset.vae.expect':
    '约 150 步就能认出重建的衣物，损失只降不升；样本始终偏柔和，有些像两件衣物的混合。可与“Fashion-MNIST，DCGAN”比较。',
  'preset.vae-digits.name': '手写数字，VAE',
  'preset.vae-digits.expect':
    '约 100 步就能读出重建的数字，约 300 步能读出样本，偏柔和，有些介于两个数字之间。可与“手写数字，DCGAN”比较。',
  'preset.tiny.name': '微型，适合慢机器',
  'preset.tiny.expect': '16 px 数字上的小网络，走得很快，几百步内出现粗略的笔画。',

  'model.vae.text':
    '变分自编码器：没有对手。编码器站在 D 的位置，把图像变成一团编码，每个单元有均值和标准差；G 是解码器，把编码还原成图像。一次更新同时移动两者。D 的设置就是编码器的，G 的设置就是解码器的。各层与 DCGAN 相同，两者因此可以比较。',
  'preset.ring.name': '八点环，非饱和',
  'preset.ring.expect':
    '先是散开的一团，约 1,200 步时八个簇都已出现；到 3,000 步约一半的点离簇不到三个 σ。取平均的点比原始的紧得多。',
  'preset.ring-minimax.name': '八点环，极小极大',
  'preset.ring-minimax.expect': '双方势均力敌时，最初的博弈也站得住：约一千步内出现八个簇。',
  'preset.ring-least-squares.name': '八点环，最小二乘',
  'preset.ring-least-squares.expect':
    '加上渐渐淡去的噪声：先是整个环，再是全部八个簇，较松散。热力图停在 0 和 1 附近，不会越来越陡。',
  'preset.ring-hinge.name': '八点环，合页损失加谱归一化',
  'preset.ring-hinge.expect': 'D 的地形始终平缓；约一千步内出现八个簇，比别处略宽。',
  'preset.ring-rpgan.name': '八点环，相对配对加 R1 和 R2',
  'preset.ring-rpgan.expect': '从一开始就平稳：惩罚让数据附近的箭头保持短小。每步约慢一倍。',
  'preset.ring-ragan.name': '八点环，相对平均加 R1 和 R2',
  'preset.ring-ragan.expect': '每个点都与另一方的平均比较。约一千步内出现八个簇；每步约慢一倍。',
  'preset.ring-wgan.name': '八点环，无约束的 Wasserstein',
  'preset.ring-wgan.expect': '会失败：发散。没有什么限制 D，损失无止境地增长，头一百步起点就被甩来甩去。',
  'preset.ring-wgan-gp.name': '八点环，Wasserstein 加梯度惩罚',
  'preset.ring-wgan-gp.expect': '补救：处处坡度接近 1，D 的损失安定下来。点先落在环上，到 2,500 步落在各个簇上。',
  'preset.ring-vanishing.name': '八点环，梯度消失',
  'preset.ring-vanishing.expect':
    '会失败：D 能看清细密的波，几百步内就对每个假点都确信无疑。极小极大损失在那里是平的：G 的梯度范数降到千分之一以下，点漂离数据。',
  'preset.ring-vanishing-mended.name': '八点环，梯度消失的补救',
  'preset.ring-vanishing-mended.expect':
    '补救：给 D 看到的点加噪声，在 2,000 步内淡去。真假于是重叠，D 无法确信，G 才知道往哪走：最后八个簇都有。',
  'preset.ring-collapse.name': '八点环，模式坍缩',
  'preset.ring-collapse.expect':
    '会失败：D 能看清细密的波，把每个点引向最近的簇。到约 1,000 步，八个簇中只有少数几个占有全部的点。',
  'preset.ring-collapse-mended.name': '八点环，模式坍缩的补救',
  'preset.ring-collapse-mended.expect':
    '补救：给 D 看到的点加噪声，在 2,000 步内淡去。D 先看到整个环，再看到各个簇，点于是散到全部八个簇上。',
  'preset.grid.name': '25 点网格，相对配对，多点一判',
  'preset.grid.expect': '约 2,500 步之前是一团；随后噪声淡去，D 借助波分清各个簇，到 6,500 步点聚到全部 25 个簇上。',
  'preset.dirac.name': 'DiracGAN，Wasserstein',
  'preset.dirac.expect': '会失败：θ 和 ψ 绕着 (0, 0) 无止境地转圈。',
  'preset.dirac-mended.name': 'DiracGAN，Wasserstein 加 R1',
  'preset.dirac-mended.expect': '补救：对 D 的坡度加惩罚，圆圈就变成螺线，几百步内到达 (0, 0)。',

  'model.dcgan.text':
    'G 用带步幅的转置卷积，把一小块特征图逐层放大成图像，层间是批归一化和 ReLU；D 与它对称，用带步幅的卷积和 leaky ReLU 一直缩到一个数。这里的卷积核是 4×4，权重从很小的 N(0, 0.02) 开始。',
  'model.sndcgan.text':
    '谱归一化论文中的网络。G 是 DCGAN，在图像尺寸上多一层；D 交替使用保持边长的 3×3 卷积和把边长减半的 4×4 卷积，激活为 0.1 的 leaky ReLU，不用归一化层：它的斜率由谱归一化来约束。',
  'model.resnet.text':
    '仿照 R3GAN 的残差块：每一块只在输入上加一点修正，开始时修正为零。处处不用归一化，这样梯度惩罚才能逐张考察图像；特征图用固定的模糊核缩小和放大。适合与相对配对损失及 R1、R2 一起使用。',
  'model.style.text':
    'z 先映射成风格 w；G 从一张学来的、所有图像共用的特征图开始，由 w 缩放每个卷积的通道。靠前的层决定形状，靠后的层决定细节，所以两张图像的风格可以混合；随机的部分由强度可学的噪声补上。这里是精简版：两层映射，普通卷积。适合与 R1 和小批量标准差一起使用。',
  'model.mlp.text':
    '两边各有两个全连接隐藏层，最早的 GAN 在数字上用的就是这类网络。它不知道哪些像素相邻，所以图像颗粒感很重：这一对比正好说明卷积有什么用。',
  'model.article.text':
    '这是 Duel 由之而来的那篇文章里的小型卷积 GAN，层的顺序与原文一致：先激活，再做动量为 0.8 的批归一化；D 中随机失活率为 0.3。照原文印出的样子它无法运行。下面是它的错误和这里的改动。',

  'model.dirac.text':
    '最小的 GAN：真实值全是 0，生成值全是 θ，D 给 x 的分数是 −ψx。两个权重都从 1 出发，应当到 0。能到达、绕圈还是飞走，只取决于损失和惩罚项。',
  'model.plane.text':
    '作用在 x、y 两个数上的全连接网络：G 的各层用 ReLU，D 用 leaky ReLU，两头都没有激活函数。网络很小，每秒能走几百步，而且它做的一切都画得出来。',

  'article.1.wrong':
    '它的训练循环从不读取数据集：交给 D 当作真实图像的，其实是一批生成图像。于是无论数据是什么，D 的损失只能停在 2 ln 2 = 1.386。',
  'article.1.mended': '每一步都为 D 取一批真实图像，G 用新的 z 单独更新。换一个数据集，D 的梯度就随之改变。',
  'article.2.wrong': '把 128 个单元的全连接层变形为 8×8×128，而这需要 8,192 个单元。',
  'article.2.mended': '全连接层的单元数与变形所需的一致。',
  'article.3.wrong': 'G 生成 32×32×1 的图像，D 却声明为接收 64×64×3。',
  'article.3.mended': '两个网络都由同一个图像尺寸和数据集的通道数决定。',
  'article.4.wrong': '写出的是极小极大博弈，训练 G 用的却是非饱和损失。',
  'article.4.mended': '“目标函数”里两种损失都有，各配各的公式。这个预设用的是代码实际训练的那一种。',
  'article.5.wrong':
    '年代和出处有误：DCGAN 来自 indico 和 Facebook（2015 年 11 月），Improved Techniques 来自 OpenAI（2016 年 6 月），StyleGAN 来自 NVIDIA（2018 年 12 月）。',
  'article.5.mended': '大多数设置都注明出自哪篇论文。',
  'article.6.wrong': '它把训练不稳定归咎于目标函数不连续。',
  'article.6.mended':
    '真正的原因是：真实图像与生成图像没有重叠时，Jensen-Shannon 散度是平的，指不出该往哪里走；而且两个梯度的博弈不一定收敛。',
  'article.7.wrong': '它把 VAE 算作对抗方法。',
  'article.7.mended': 'VAE 没有对手：它最大化的是似然的下界。',
} satisfies Record<keyof typeof en, Message>;
