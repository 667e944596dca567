import type { fields as en } from '../en/fields.ts';
import type { Message } from '../message.ts';

export const fields = {
  'field.data.set.label': '数据集',
  'field.data.set.help': 'D 学着辨认、G 学着模仿的真实图像。',
  'field.data.set.effect': '每个数据集都留出一部分不参与训练，“真实”一栏显示的就是它们。',
  'option.data.set.fashion': 'Fashion-MNIST',
  'option.data.set.digits': '手写数字',
  'option.data.set.avatars': '卡通头像',
  'option.data.set.emoji': '表情符号',
  'option.data.set.stacked': '叠色数字',
  'option.data.set.ring': '八点环',
  'option.data.set.grid': '5×5 网格',
  'option.data.set.spirals': '双螺旋',
  'option.data.set.moons': '双月',
  'option.data.set.checkerboard': '棋盘',
  'option.data.set.swissRoll': '瑞士卷',
  'option.data.set.points': '自己的点',
  'option.data.set.dirac': 'DiracGAN',

  'field.data.size.label': '图像尺寸',
  'field.data.size.help': '图像的边长，数据集会缩放到这个尺寸。',
  'field.data.size.effect': '边长加倍，每步的计算量约为四倍。',
  'option.data.size.16': '16 px',
  'option.data.size.28': '28 px',
  'option.data.size.32': '32 px',
  'option.data.size.64': '64 px',

  'field.plane.noise.label': '噪声',
  'field.plane.noise.help': '点偏离其本来位置的程度，是这个世界通常程度的多少倍。',
  'field.plane.noise.effect': '簇越宽，彼此相连，越容易覆盖；越窄，越难命中。',

  'field.train.batch.label': '批量大小',
  'field.train.batch.help': 'D 每次更新所看的真实图像数，以及同样多的生成图像数。',
  'field.train.batch.effect': '小则快而噪声大；低于 16 左右，批归一化就不可靠了。',

  'field.model.family.label': '网络',
  'field.model.family.help': 'G 和 D 共同所属的网络类型。',
  'field.model.family.effect': '卷积让整幅图像共享学到的东西；MLP 只能逐个像素分别去学。',
  'option.model.family.dcgan': 'DCGAN',
  'option.model.family.sndcgan': 'SN-DCGAN',
  'option.model.family.resnet': '残差网络',
  'option.model.family.style': '精简 StyleGAN',
  'option.model.family.article': '文章中的网络',
  'option.model.family.mlp': 'MLP',
  'option.model.family.plane': '平面上的 MLP',
  'option.model.family.vae': 'VAE',
  'option.model.family.dirac': '两个权重',

  'field.model.latent.label': '潜变量维数',
  'field.model.latent.help': 'z 有多少个随机数，G 就从这些数生成一张图像。',
  'field.model.latent.effect': '太少则变化有限；对这么小的图像，超过一百几乎没有区别。',

  'field.model.widthG.label': 'G 宽度',
  'field.model.widthG.help': 'G 最靠近图像那一层的通道数，往里每层加倍。',
  'field.model.widthG.effect': '越宽细节越好，也越慢：宽度加倍，计算量约为四倍。',

  'field.model.normG.label': 'G 归一化',
  'field.model.normG.help': 'G 用什么来缩放每个通道：本批的均值和离散程度、一批固定参考样本的，或者不缩放。',
  'field.model.normG.effect': '批归一化让同批图像互相影响；虚拟批归一化消除这种影响，但要多花时间。',
  'option.model.normG.batch': '批归一化',
  'option.model.normG.virtual': '虚拟批归一化',
  'option.model.normG.none': '无',
  'field.model.psi.label': '截断 ψ',
  'field.model.psi.help': '绘制样本时，风格可以偏离平均风格多远。',
  'field.model.psi.effect': '取 1 时变化最多；越接近 0，样本越接近同一张平均图像，看上去也越好。训练不受影响。',

  'field.model.mixing.label': '风格混合',
  'field.model.mixing.help': '有多大比例的更新，其图像的粗略风格和精细风格来自两个不同的 z。',
  'field.model.mixing.effect': '让相邻的层不互相依赖，风格才能自由混合；StyleGAN 用 0.9，它的小网络用 0。',

  'field.model.widthD.label': 'D 宽度',
  'field.model.widthD.help': 'D 最靠近图像那一层的通道数，往里每层加倍。',
  'field.model.widthD.effect': 'D 太强，G 无从学起；D 太弱，也教不了 G 什么。',

  'field.plane.latent.label': '潜变量维数',
  'field.plane.latent.help': 'z 有多少个随机数，G 就从这些数生成一个点。',
  'field.plane.latent.effect': '两维时，变形的网格就是 G 的全部；维数更多，簇与簇之间更容易留空。',

  'field.plane.widthG.label': 'G 宽度',
  'field.plane.widthG.help': 'G 每个隐藏层的单元数。',
  'field.plane.widthG.effect': 'G 越宽，网格能弯得越急。宽度加倍，计算量约为四倍。',

  'field.plane.widthD.label': 'D 宽度',
  'field.plane.widthD.help': 'D 每个隐藏层的单元数。',
  'field.plane.widthD.effect': 'D 太窄，就把几个簇看成模糊的一片，G 也只能学到这个程度。',

  'field.plane.depth.label': '隐藏层数',
  'field.plane.depth.help': 'G 和 D 各有多少个隐藏层。',
  'field.plane.depth.effect': '每多一层，地形就能再折一次；超过三层，稳定下来很慢。',

  'field.plane.waves.label': '波',
  'field.plane.waves.help': '除 x、y 之外，给 D 多少个铺满平面的固定波（傅里叶特征）。',
  'field.plane.waves.effect': '普通网络先看到大的坡度，很晚才看到细节；有了波，D 在一千步内就能分清狭窄的簇。',

  'field.model.normD.label': 'D 归一化',
  'field.model.normD.help': 'D 是否用一批图像的均值和离散程度来缩放每个通道。',
  'field.model.normD.effect': '在最初一千步里，批归一化比换哪种损失都有用。使用梯度惩罚时则不能用它。',
  'option.model.normD.none': '无',
  'option.model.normD.batch': '批归一化',

  'field.model.minibatch.label': '比较同批图像',
  'field.model.minibatch.help': '是否还告诉 D 同一批图像彼此相差多少。',
  'field.model.minibatch.effect': '总画同一张图的 G 会因此暴露。真实与生成的图像因此要分开判断，更费时间。',
  'option.model.minibatch.none': '否',
  'option.model.minibatch.stddev': '标准差',
  'option.model.minibatch.discrimination': '小批量判别',

  'field.model.pack.label': '打包',
  'field.model.pack.help': 'D 一次同时判断几张图像，全真或全假。批量大小向下取为它的倍数。',
  'field.model.pack.effect': '一包彼此相像的假图会暴露塌缩的 G：两张一包，往往就能找回缺失的种类。',
  'field.model.classes.label': '类别条件',
  'field.model.classes.help': '是否告诉 G 要生成哪一类，以及 D 如何使用类别。',
  'field.model.classes.effect':
    '有了类别，每一类都能按要求生成，不会缺失。投影判断图像与类别是否相符；AC-GAN 还要 D 说出类别。',
  'option.model.classes.none': '无',
  'option.model.classes.projection': '投影',
  'option.model.classes.acgan': 'AC-GAN',

  'field.model.dropoutD.label': 'D 随机失活',
  'field.model.dropoutD.help': '每次更新时，D 有多大比例的激活值被随机置零。',
  'field.model.dropoutD.effect': '防止 D 死记训练图像，同时也让它的判断更不稳定。',

  'field.objective.loss.label': '损失',
  'field.objective.loss.help': 'D 和 G 各自要减小的量；两者的公式见“关于此实验”。',
  'field.objective.loss.effect':
    '非饱和最稳妥。最早提出的极小极大在 D 确信时失去力量。最小二乘和合页让 D 的打分不会太大。Wasserstein 需要惩罚或裁剪来约束 D。相对配对把真假图像成对比较，配合 R1 和 R2 能覆盖更多种类的图像。',
  'option.objective.loss.nonSaturating': '非饱和',
  'option.objective.loss.minimax': '极小极大',
  'option.objective.loss.leastSquares': '最小二乘',
  'option.objective.loss.hinge': '合页',
  'option.objective.loss.wasserstein': 'Wasserstein',
  'option.objective.loss.relativistic': '相对配对',
  'option.objective.loss.relativisticAverage': '相对平均',

  'field.objective.realLabel.label': '真实标签',
  'field.objective.realLabel.help': '训练 D 时，要求它对真实图像给出的答案；1 表示“一定是真的”。',
  'field.objective.realLabel.effect': '取 0.9 左右，D 不会过于自信，G 仍能得到有用的梯度。假图的标签始终是 0。',

  'field.reg.r1.label': 'R1',
  'field.reg.r1.help': 'D 在真实图像处越陡，代价越大：坡度平方乘以此值的一半。',
  'field.reg.r1.effect': '让绕圈子的博弈平静下来。常用 0.05 到 10；太大则 D 变平，教不了 G 什么。',

  'field.reg.r2.label': 'R2',
  'field.reg.r2.help': '同样的代价，只是算在生成图像处。',
  'field.reg.r2.effect': '与同样大小的 R1 合用，从两侧约束 D，比单用 R1 慢不了多少。',

  'field.reg.gp.label': '梯度惩罚',
  'field.reg.gp.help': '在真实图像与生成图像之间，D 的坡度偏离 1 就要付出代价。',
  'field.reg.gp.effect': '与 Wasserstein 损失配合：图像取 10，点取 0.1。',

  'field.reg.gpOneSided.label': '单侧',
  'field.reg.gpOneSided.help': '只有坡度超过 1 才有代价，D 可以任意平缓。',
  'field.reg.gpOneSided.effect': '对 D 约束较松；G 快要学成时，D 不必勉强倾斜。',

  'field.reg.clip.label': '权重裁剪',
  'field.reg.clip.help': '每次更新后，把 D 的每个权重限制在离 0 不超过此值的范围内。',
  'field.reg.clip.effect':
    '最早的 Wasserstein GAN 用 0.01 来约束 D。多数权重会停在边界上，D 也就过于简单：梯度惩罚更好。',

  'field.reg.consensus.label': '共识',
  'field.reg.consensus.help': '双方还要一起减小两个损失各自的梯度。',
  'field.reg.consensus.effect': '把绕圈子的博弈往里拉，也可能让它停在不该停的地方。只适合小网络。',

  'field.vae.beta.label': 'VAE 的 β',
  'field.vae.beta.help': '编码偏离先验的散度，相对于重建误差占多大分量；1 就是变分下界本身。',
  'field.vae.beta.effect': '调低则重建更清晰，采样却会散架；调高则采样更平滑，重建更模糊。',

  'field.reg.spectral.label': '谱归一化',
  'field.reg.spectral.help': '把 D 的每个卷积核除以它的最大奇异值；该值由每次更新时的若干次幂迭代求得。',
  'field.reg.spectral.effect': 'D 不会变得过陡，它的梯度对 G 始终有用。迭代一次就够了；学习更平稳，也更慢。',

  'field.reg.noise.label': '实例噪声',
  'field.reg.noise.help': 'D 看到图像之前，给每张真图和假图加上的高斯噪声的标准差。',
  'field.reg.noise.effect': '真图与假图因此有所重叠，D 无法断然区分。像素取值为 −1 到 1，0.1 只是轻微的颗粒感。',

  'field.reg.noiseSteps.label': '噪声消退步数',
  'field.reg.noiseSteps.help': '噪声按直线减弱，到这一步完全消失。',
  'field.reg.noiseSteps.effect': '关闭时噪声不减弱，G 学到的就是被噪声模糊过的图像。',

  'field.reg.augment.label': '数据增强',
  'field.reg.augment.help': 'D 看到的每张图像，不论真假，都经过的改动；梯度可以穿过它们传给 G。',
  'field.reg.augment.effect': '训练图像很少时，D 无法把它们死记下来；有成千上万张时，只会让 D 的任务更难。',
  'option.reg.augment.none': '无',
  'option.reg.augment.translation': '平移',
  'option.reg.augment.translation-cutout': '再加挖空',
  'option.reg.augment.all': '再加颜色',

  'field.reg.augmentP.label': '增强比例',
  'field.reg.augmentP.help': '每种改动施加到一张图像上的概率；若自动调节，则为起始概率。',
  'field.reg.augmentP.effect': '取 1 时 D 从不看原图；超过 0.8 左右，改动可能渗进生成的样本。',

  'field.reg.augmentAdapt.label': '自动调节比例',
  'field.reg.augmentAdapt.help': '增强比例是否跟随 D 的过拟合程度：D 对训练图像过于确信时就提高。',
  'field.reg.augmentAdapt.effect': '目标是 D 对 80% 的真图给出正的输出。损失的零点须表示“不能确定”，它才有意义。',

  'field.reg.features.label': '特征匹配',
  'field.reg.features.help': '真图与假图在 D 最后一层输入上的平均值之差的平方，在 G 的损失中占多大权重。',
  'field.reg.features.effect': '即使 D 占上风，G 也有一个不会跑远的目标。G 更新时也要看真实图像，因此更慢。',

  'field.reg.history.label': '历史平均',
  'field.reg.history.help': '各网络的权重与其以往全部取值的平均之间距离的平方，在损失中占多大权重。',
  'field.reg.history.effect': '抑制两个网络互相绕圈；历史越来越长，最终也会拖住它们。',

  'field.reg.clipNorm.label': '梯度裁剪',
  'field.reg.clipNorm.help': '两个网络所用梯度的最大长度；超过的按比例缩短到这个长度。',
  'field.reg.clipNorm.effect': '避免一批不好的图像把网络甩出很远。Adam 本来就会调整步幅，所以它主要对 SGD 有用。',

  'field.g.optimiser.label': 'G 优化器',
  'field.g.optimiser.help': 'G 如何把梯度变成权重的改动。',
  'field.g.optimiser.effect':
    'Adam 和 RMSprop 按每个权重近期的梯度调整步幅，Adam 还带动量；SGD 直接沿梯度走，需要大得多的学习率。',
  'option.g.optimiser.adam': 'Adam',
  'option.g.optimiser.sgd': 'SGD',
  'option.g.optimiser.rmsprop': 'RMSprop',

  'field.g.lr.label': 'G 学习率',
  'field.g.lr.help': '一次更新让 G 的权重移动多远。',
  'field.g.lr.effect': '太小，第一分钟里什么也不会发生；太大，样本会在两个极端之间跳来跳去。',

  'field.g.beta1.label': 'G Adam β₁',
  'field.g.beta1.help': 'G 的下一步保留多少过去的方向。',
  'field.g.beta1.effect': 'Adam 惯用的 0.9 会让两个网络互相冲过头；GAN 通常取 0.5 或更小。',

  'field.g.beta2.label': 'G β₂',
  'field.g.beta2.help': 'G 的优化器把梯度的大小记多久。',
  'field.g.beta2.effect': '小一些，D 变化时适应得更快；0.999 大约记住一千步。',

  'field.d.optimiser.label': 'D 优化器',
  'field.d.optimiser.help': 'D 如何把梯度变成权重的改动。',
  'field.d.optimiser.effect':
    'Adam 和 RMSprop 按每个权重近期的梯度调整步幅，Adam 还带动量；SGD 直接沿梯度走，需要大得多的学习率。',
  'option.d.optimiser.adam': 'Adam',
  'option.d.optimiser.sgd': 'SGD',
  'option.d.optimiser.rmsprop': 'RMSprop',

  'field.d.lr.label': 'D 学习率',
  'field.d.lr.help': '一次更新让 D 的权重移动多远。',
  'field.d.lr.effect': '高于 G 的学习率可让 D 保持领先；领先太多，D(G(z)) 会落到 0，G 便学不到东西。',

  'field.d.beta1.label': 'D Adam β₁',
  'field.d.beta1.help': 'D 的下一步保留多少过去的方向。',
  'field.d.beta1.effect': 'Adam 惯用的 0.9 会让两个网络互相冲过头；GAN 通常取 0.5 或更小。',

  'field.d.beta2.label': 'D β₂',
  'field.d.beta2.help': 'D 的优化器把梯度的大小记多久。',
  'field.d.beta2.effect': '小一些，G 变化时适应得更快；0.999 大约记住一千步。',

  'field.optim.decay.label': '学习率衰减',
  'field.optim.decay.help': '两个学习率是否随训练逐渐变小。',
  'field.optim.decay.effect': '大步幅很快找到形状，小步幅理顺细节。不衰减的话，GAN 会一直绕圈子。',
  'option.optim.decay.none': '无',
  'option.optim.decay.linear': '线性',
  'option.optim.decay.cosine': '余弦',

  'field.optim.horizon.label': '衰减步数',
  'field.optim.horizon.help': '到这一步，两个学习率都降到最小。',
  'field.optim.horizon.effect': '与打算训练的步数大致相同即可；此后以最小的学习率继续。',

  'field.ema.halfLife.label': 'EMA 半衰期',
  'field.ema.halfLife.help': 'EMA 样本由 G 权重的滑动平均生成；经过这么多步，旧权重的分量减半。',
  'field.ema.halfLife.effect': '越长越平稳，也越滞后。它只改变显示的内容，不影响学习。',

  'field.train.stepsD.label': 'D 更新次数',
  'field.train.stepsD.help': '每一步里 D 更新几次，每次都用新的图像。',
  'field.train.stepsD.effect': '次数多，D 更接近理论所假设的最佳判断，但每步更慢。',

  'field.train.stepsG.label': 'G 更新次数',
  'field.train.stepsG.help': '每一步里 G 更新几次，每次都用新的 z。',
  'field.train.stepsG.effect': '能帮助总是输给 D 的 G，也会让它钻还没跟上的 D 的空子。',

  'field.train.limit.label': '步数上限',
  'field.train.limit.help': '到这一步，训练自动停止。',
  'field.train.limit.effect': '关闭时一直训练到暂停为止。',

  'field.train.seed.label': '种子',
  'field.train.seed.help': '一次运行中所有随机数的起点。',
  'field.train.seed.effect': '种子和设置相同，在同一后端上得到的运行就相同。',
} satisfies Record<keyof typeof en, Message>;
