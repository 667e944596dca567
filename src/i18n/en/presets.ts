/** Names of the presets, and what to expect of each and when, on two cores without a GPU. */
export const presets = {
  'preset.fashion.name': 'Fashion-MNIST, DCGAN',
  'preset.fashion.expect':
    'Outlines by about step 150; shirts, trousers and shoes you can name by about step 500, finer to step 3,000.',
  'preset.digits.name': 'Digits, DCGAN',
  'preset.digits.expect': 'Strokes first, digits you can read by about step 500.',
  'preset.avatars.name': 'Cartoon avatars, 16 px',
  'preset.avatars.expect':
    'Faces by about step 300, hair and glasses by about step 600; the colours settle by about step 1,500.',
  'preset.emoji.name': 'Emoji, 32 px',
  'preset.emoji.expect':
    'Coloured shapes by about step 600. The set is small and varied: expect hints of emoji, not emoji.',
  'preset.digits-classes.name': 'Digits, one class after another',
  'preset.digits-classes.expect': 'Each digit on request: the sheet runs from 0 to 9, legible by about step 500.',
  'preset.fashion-acgan.name': 'Fashion-MNIST, AC-GAN',
  'preset.fashion-acgan.expect':
    'The sheet runs through the ten kinds of garment, T-shirts first. By about step 500 each kind is there and looks alike throughout: AC-GAN’s known weakness. Compare Projection.',
  'preset.sn-hinge.name': 'SN-DCGAN, hinge',
  'preset.sn-hinge.expect':
    'Calm curves, as spectral norm means them to be. Blobs of garments after a hundred steps; each step takes several times as long as a DCGAN’s.',
  'preset.wgan-gp.name': 'DCGAN, Wasserstein with a gradient penalty',
  'preset.wgan-gp.expect':
    'Steps take about twice as long as a DCGAN’s. D’s loss falls away from 0 at first, then creeps back as the images improve: soft garments after a few hundred steps.',
  'preset.r3gan-small.name': 'ResNet, relativistic with R1 and R2',
  'preset.r3gan-small.expect':
    'The modern recipe, made small. Slow steps: soft shapes of all kinds after a few hundred, which go on growing sharper.',
  'preset.stylegan-lite.name': 'StyleGAN, lite',
  'preset.stylegan-lite.expect':
    'Rough garments after a few hundred slow steps. Move ψ to trade variety for tidiness; Styles shows how coarse and fine ones mix.',
  'preset.dcgan-paper.name': 'DCGAN, the paper’s settings',
  'preset.dcgan-paper.expect':
    'Steady and slow: blobs for the first thousand steps, garments after two thousand or more.',
  'preset.article.name': 'The article’s network',
  'preset.article.expect':
    'Runs as the article meant it. Slow: shapes come after about a thousand steps. About says what had to be mended.',
  'preset.mlp.name': 'Digits, no convolutions',
  'preset.mlp.expect': 'Fast steps, speckled digits after about a thousand. Some digits may never appear.',
  'preset.vae.name': 'Fashion-MNIST, VAE',
  'preset.vae.expect':
    'Copies you can name by about step 150 and losses that only fall; samples stay soft, some blend two garments. Compare: Fashion-MNIST, DCGAN.',
  'preset.vae-digits.name': 'Digits, VAE',
  'preset.vae-digits.expect':
    'Copies you can read by about step 100; samples by about step 300, soft, some of them between two digits. Compare: Digits, DCGAN.',
  'preset.tiny.name': 'Tiny, for slow machines',
  'preset.tiny.expect': 'A small net on 16 px digits. Rough strokes within a few hundred quick steps.',

  'model.vae.text':
    'A variational autoencoder: no opponent. The encoder stands in D’s place and turns an image into a cloud of codes, a mean and a spread for each unit; G is the decoder and turns a code back into the image. One update moves both. D’s settings are the encoder’s, G’s the decoder’s. The layers are DCGAN’s, so the two can be compared.',
  'preset.ring.name': 'Ring of 8, non-saturating',
  'preset.ring.expect':
    'First a wide blot, then all eight clusters by about step 1,200; about half the points lie within three σ of one by step 3,000. The averaged points are much tighter than the raw ones.',
  'preset.ring-minimax.name': 'Ring of 8, minimax',
  'preset.ring-minimax.expect':
    'With players this even, the game as first written holds: eight clusters within about a thousand steps.',
  'preset.ring-least-squares.name': 'Ring of 8, least squares',
  'preset.ring-least-squares.expect':
    'With noise that fades: first the ring, then all eight clusters, loosely. The heat map levels off at 0 and 1 instead of growing steeper.',
  'preset.ring-hinge.name': 'Ring of 8, hinge with spectral norm',
  'preset.ring-hinge.expect':
    'D stays a gentle landscape; eight clusters within about a thousand steps, a little wider than elsewhere.',
  'preset.ring-rpgan.name': 'Ring of 8, relativistic with R1 and R2',
  'preset.ring-rpgan.expect':
    'Steady from the first steps: the penalties keep the arrows short near the data. Steps take about twice as long.',
  'preset.ring-ragan.name': 'Ring of 8, relativistic average with R1 and R2',
  'preset.ring-ragan.expect':
    'Each point is judged against the mean of the other side. Eight clusters within about a thousand steps; steps take about twice as long.',
  'preset.ring-wgan.name': 'Ring of 8, Wasserstein without a limit',
  'preset.ring-wgan.expect':
    'Fails: divergence. Nothing bounds D, so its losses grow without end and the points are thrown about from the first hundred steps.',
  'preset.ring-wgan-gp.name': 'Ring of 8, Wasserstein with a gradient penalty',
  'preset.ring-wgan-gp.expect':
    'The mend: slopes near 1 everywhere, and D’s loss comes to rest. Points settle on the ring, then on its clusters by step 2,500.',
  'preset.ring-vanishing.name': 'Ring of 8, vanishing gradient',
  'preset.ring-vanishing.expect':
    'Fails: D sees fine waves, and within a few hundred steps it is sure of every fake. The minimax loss is flat there: G’s gradient norm falls a thousandfold and the points drift off.',
  'preset.ring-vanishing-mended.name': 'Ring of 8, vanishing gradient mended',
  'preset.ring-vanishing-mended.expect':
    'The mend: noise on what D sees, fading over 2,000 steps. Reals and fakes overlap, so D stays unsure and G learns where to go: all eight clusters by the end.',
  'preset.ring-collapse.name': 'Ring of 8, mode collapse',
  'preset.ring-collapse.expect':
    'Fails: a D that sees fine waves lures each point to the nearest cluster. By step 1,000 a few of the eight have all the points.',
  'preset.ring-collapse-mended.name': 'Ring of 8, mode collapse mended',
  'preset.ring-collapse-mended.expect':
    'The mend: noise on what D sees, fading over 2,000 steps. D first sees the ring as a whole, then its clusters, and the points spread over all eight.',
  'preset.grid.name': 'Grid of 25, relativistic, packed',
  'preset.grid.expect':
    'A blot until about step 2,500; then, as the noise fades, D’s waves pick out the clusters and points gather at all 25 of them by step 6,500.',
  'preset.dirac.name': 'DiracGAN, Wasserstein',
  'preset.dirac.expect': 'Fails: θ and ψ circle around (0, 0) without end.',
  'preset.dirac-mended.name': 'DiracGAN, Wasserstein with R1',
  'preset.dirac-mended.expect':
    'The mend: a penalty on D’s slope turns the circle into a spiral that ends at (0, 0) within a few hundred steps.',

  'model.dcgan.text':
    'G grows a small map of features into an image by strided transposed convolutions, with batch norm and ReLU between them; D is its mirror, strided convolutions with leaky ReLU, down to one number. Here the kernels are 4×4 and the weights start small, from N(0, 0.02).',
  'model.sndcgan.text':
    'The networks of the spectral normalisation paper. G is a DCGAN with one more layer at the image’s size; D takes turns between a 3×3 convolution that keeps the side and a 4×4 one that halves it, with leaky ReLU 0.1 and no norm: spectral normalisation is meant to keep its slope in check.',
  'model.resnet.text':
    'Residual blocks in the manner of R3GAN: each adds a correction to what it is given and starts as no correction at all. No norm anywhere, so that a gradient penalty can look at each image by itself; maps are halved and doubled by a fixed blur. Meant for relativistic pairing with R1 and R2.',
  'model.style.text':
    'z is first mapped to a style w; G starts from one learned map, the same for all images, and w scales the channels of every convolution. Early layers set the shape, late ones the detail, so the styles of two images can be mixed; noise of a learned strength adds what is random. Small here: two mapping layers, plain convolutions. Meant for R1 and minibatch standard deviation.',
  'model.mlp.text':
    'Two hidden dense layers on each side, the kind of net that the first GAN used on digits. It knows nothing of neighbouring pixels, so its images are grainy: the contrast shows what convolutions are for.',
  'model.article.text':
    'The small convolutional GAN of the article that Duel grew from, in its own order of layers: activation first, then batch norm with momentum 0.8; dropout 0.3 in D. As printed it cannot run. Below is what it gets wrong and what was changed.',

  'model.dirac.text':
    'The smallest GAN there is: every real is 0, every fake is θ, and D’s score of x is −ψx. Both weights begin at 1 and belong at 0. Whether they get there, circle or fly off depends on the loss and the penalties alone.',
  'model.plane.text':
    'Dense nets on two numbers, x and y: ReLU layers in G, leaky ReLU in D, and no activation at either end. Small enough for hundreds of steps a second, and all they do can be drawn.',

  'article.1.wrong':
    'Its loop never reads a data set: it hands D a generated batch in the place of the real one. D’s loss can then only settle at 2 ln 2 = 1.386, whatever the data.',
  'article.1.mended':
    'Each step draws a real batch for D, and G is updated on its own, from fresh z. Change the data set and D’s gradient changes.',
  'article.2.wrong': 'A dense layer of 128 units is reshaped to 8×8×128, which needs 8,192.',
  'article.2.mended': 'The dense layer has as many units as the reshape needs.',
  'article.3.wrong': 'G makes 32×32×1 images while D is declared for 64×64×3.',
  'article.3.mended': 'One image size and one channel count, the data set’s, shape both networks.',
  'article.4.wrong': 'It prints the minimax game but trains G on the non-saturating loss.',
  'article.4.mended':
    'Both losses are there under Objective, each with its own formula. This preset uses the one the code trained.',
  'article.5.wrong':
    'It misdates and misattributes: DCGAN came from indico and Facebook (November 2015), Improved Techniques from OpenAI (June 2016), StyleGAN from NVIDIA (December 2018).',
  'article.5.mended': 'Most settings name the paper they come from.',
  'article.6.wrong': 'It blames unstable training on an objective that is not continuous.',
  'article.6.mended':
    'The trouble is another: where real and generated images do not overlap, the Jensen-Shannon divergence is flat and says nothing of the way to go, and a game of two gradients need not converge.',
  'article.7.wrong': 'It counts VAEs among the adversarial methods.',
  'article.7.mended': 'A VAE has no opponent: it maximises a bound on the likelihood.',
} as const;
