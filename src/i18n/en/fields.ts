import type { Experiment } from '../../config/experiment.ts';
import type { Family } from '../../config/families.ts';
import type { Path } from '../../config/fields.ts';

type Chosen = Extract<
  {
    [P in Path]: Experiment[P] extends number | boolean
      ? number extends Experiment[P]
        ? never
        : `option.${P}.${Extract<Experiment[P], string | number>}`
      : `option.${P}.${Extract<Experiment[P], string | number>}`;
  }[Path],
  string
>;

/** What each row of the table of settings must have here: a name, what it means, what it does, and its options. */
export type FieldKey =
  | `field.${Path}.label`
  | `field.${Path}.help`
  | `field.${Path}.effect`
  | Chosen
  | `option.model.family.${Family}`;

export const fields = {
  'field.data.set.label': 'Data set',
  'field.data.set.help': 'The real images that D learns to recognise and G learns to imitate.',
  'field.data.set.effect': 'Part of each set is held out: nothing trains on it, and the Real sheet shows it.',
  'option.data.set.fashion': 'Fashion-MNIST',
  'option.data.set.digits': 'Digits',
  'option.data.set.avatars': 'Cartoon avatars',
  'option.data.set.emoji': 'Emoji',
  'option.data.set.stacked': 'Stacked digits',
  'option.data.set.ring': 'Ring of 8',
  'option.data.set.grid': 'Grid, 5 by 5',
  'option.data.set.spirals': 'Spirals',
  'option.data.set.moons': 'Two moons',
  'option.data.set.checkerboard': 'Checkerboard',
  'option.data.set.swissRoll': 'Swiss roll',
  'option.data.set.points': 'Your own points',
  'option.data.set.dirac': 'DiracGAN',

  'field.data.size.label': 'Image size',
  'field.data.size.help': 'The side of an image; the set is resized to it.',
  'field.data.size.effect': 'Twice the side is about four times the work for each step.',
  'option.data.size.16': '16 px',
  'option.data.size.28': '28 px',
  'option.data.size.32': '32 px',
  'option.data.size.64': '64 px',

  'field.plane.noise.label': 'Noise',
  'field.plane.noise.help': 'How far points stray from where they belong, as a multiple of what the world usually has.',
  'field.plane.noise.effect': 'Wide clusters touch each other and are easy to cover; narrow ones are hard to hit.',

  'field.train.batch.label': 'Batch size',
  'field.train.batch.help': 'How many real and how many generated images one update of D looks at.',
  'field.train.batch.effect': 'Smaller steps are faster and noisier; below about 16, batch norm becomes unreliable.',

  'field.model.family.label': 'Network',
  'field.model.family.help': 'The family that G and D both come from.',
  'field.model.family.effect':
    'Convolutions share what they learn across the image; the MLP has to learn each pixel apart.',
  'option.model.family.dcgan': 'DCGAN',
  'option.model.family.sndcgan': 'SN-DCGAN',
  'option.model.family.resnet': 'ResNet',
  'option.model.family.style': 'StyleGAN, lite',
  'option.model.family.article': 'The article’s',
  'option.model.family.mlp': 'MLP',
  'option.model.family.plane': 'MLP for the plane',
  'option.model.family.vae': 'VAE',
  'option.model.family.dirac': 'Two weights',

  'field.model.latent.label': 'Latent size',
  'field.model.latent.help': 'How many random numbers z has, from which G makes one image.',
  'field.model.latent.effect':
    'Too few leave no room for variety; beyond a hundred little changes on images this small.',

  'field.model.widthG.label': 'G width',
  'field.model.widthG.help': 'Channels of G’s layer nearest the image; each layer further in has twice as many.',
  'field.model.widthG.effect':
    'Wider draws finer detail and takes longer: twice the width is about four times the work.',

  'field.model.normG.label': 'G norm',
  'field.model.normG.help':
    'By what G scales each of its channels: the mean and spread of its batch, those of a reference batch that never changes, or nothing.',
  'field.model.normG.effect':
    'With batch norm the images of a batch colour each other. Virtual batch norm frees them of that, and takes longer.',
  'option.model.normG.batch': 'Batch norm',
  'option.model.normG.virtual': 'Virtual batch norm',
  'option.model.normG.none': 'None',
  'field.model.psi.label': 'Truncation ψ',
  'field.model.psi.help': 'How far from their average the styles of drawn samples may be.',
  'field.model.psi.effect':
    'At 1 as varied as G can; nearer 0 all samples near the one average image, and look better for it. Training takes no notice.',

  'field.model.mixing.label': 'Style mixing',
  'field.model.mixing.help': 'The share of updates whose images take coarse and fine styles from two different z.',
  'field.model.mixing.effect':
    'Keeps neighbouring layers from relying on one another, so that styles can be mixed; StyleGAN has 0.9, its small nets 0.',

  'field.model.widthD.label': 'D width',
  'field.model.widthD.help': 'Channels of D’s layer nearest the image; each layer further in has twice as many.',
  'field.model.widthD.effect':
    'A D much stronger than G gives it nothing to learn from; a much weaker one teaches it little.',

  'field.plane.latent.label': 'Latent size',
  'field.plane.latent.help': 'How many random numbers z has, from which G makes one point.',
  'field.plane.latent.effect':
    'With two, the warped lattice shows all that G does. With more, gaps between clusters are easier to leave empty.',

  'field.plane.widthG.label': 'G width',
  'field.plane.widthG.help': 'Units in each hidden layer of G.',
  'field.plane.widthG.effect': 'A wide G bends the lattice more sharply. Twice the width is about four times the work.',

  'field.plane.widthD.label': 'D width',
  'field.plane.widthD.help': 'Units in each hidden layer of D.',
  'field.plane.widthD.effect': 'A narrow D sees clusters as one smear, and G gets no further than that.',

  'field.plane.depth.label': 'Hidden layers',
  'field.plane.depth.help': 'How many hidden layers G and D have.',
  'field.plane.depth.effect': 'Each one more lets the landscape fold again; more than three are slow to settle.',

  'field.plane.waves.label': 'Waves',
  'field.plane.waves.help': 'How many fixed waves across the plane D is given beside x and y (Fourier features).',
  'field.plane.waves.effect':
    'A plain net sees broad slopes first and fine detail late. With waves, D tells narrow clusters apart within a thousand steps.',

  'field.model.normD.label': 'D norm',
  'field.model.normD.help': 'Whether D scales each of its channels by the mean and spread of the batch.',
  'field.model.normD.effect':
    'Batch norm does more for the first thousand steps than any choice of loss. A gradient penalty rules it out.',
  'option.model.normD.none': 'None',
  'option.model.normD.batch': 'Batch norm',

  'field.model.minibatch.label': 'Compare the batch',
  'field.model.minibatch.help': 'Whether D is also told how much the images of its batch differ from each other.',
  'field.model.minibatch.effect':
    'A G that draws one image again and again is found out. Reals and fakes are then judged apart, which takes longer.',
  'option.model.minibatch.none': 'No',
  'option.model.minibatch.stddev': 'Standard deviation',
  'option.model.minibatch.discrimination': 'Discrimination',

  'field.model.pack.label': 'Packing',
  'field.model.pack.help':
    'How many images D judges together, all real or all fake. The batch is rounded down to a multiple.',
  'field.model.pack.effect':
    'A pack of fakes that look alike gives a collapsed G away: two often bring back the missing kinds of image.',
  'field.model.classes.label': 'Classes',
  'field.model.classes.help': 'Whether G is told which class to make, and how D uses the class.',
  'field.model.classes.effect':
    'With classes each is drawn on request and none goes missing. Projection asks whether image and class fit; AC-GAN has D name the class too.',
  'option.model.classes.none': 'None',
  'option.model.classes.projection': 'Projection',
  'option.model.classes.acgan': 'AC-GAN',

  'field.model.dropoutD.label': 'D dropout',
  'field.model.dropoutD.help': 'The share of D’s activations that are set to zero at random in each update.',
  'field.model.dropoutD.effect':
    'Holds D back from learning the training images by heart, and makes its opinion noisier.',

  'field.objective.loss.label': 'Loss',
  'field.objective.loss.help': 'What D and G minimise; “About this experiment” shows both formulas.',
  'field.objective.loss.effect':
    'Non-saturating is the safe choice. Minimax, the game as first written, fades when D is sure. Least squares and hinge keep D’s scores small. Wasserstein needs a penalty or clipping that holds D. Relativistic compares pairs of a real and a fake, and covers more kinds of image with R1 and R2.',
  'option.objective.loss.nonSaturating': 'Non-saturating',
  'option.objective.loss.minimax': 'Minimax',
  'option.objective.loss.leastSquares': 'Least squares',
  'option.objective.loss.hinge': 'Hinge',
  'option.objective.loss.wasserstein': 'Wasserstein',
  'option.objective.loss.relativistic': 'Relativistic pairing',
  'option.objective.loss.relativisticAverage': 'Relativistic average',

  'field.objective.realLabel.label': 'Real label',
  'field.objective.realLabel.help': 'The answer D is trained to give for real images; 1 is “surely real”.',
  'field.objective.realLabel.effect':
    'At about 0.9 D stays less sure of itself and G keeps a useful gradient. Fakes keep the label 0.',

  'field.reg.r1.label': 'R1',
  'field.reg.r1.help': 'A price on how steep D is at real images: half of this times its squared slope.',
  'field.reg.r1.effect':
    'Calms a game that circles. 0.05 to 10 is usual; too much, and D goes flat and teaches nothing.',

  'field.reg.r2.label': 'R2',
  'field.reg.r2.help': 'The same price at generated images.',
  'field.reg.r2.effect': 'With R1 of the same size it holds D on both sides, and costs little more than R1 alone.',

  'field.reg.gp.label': 'Gradient penalty',
  'field.reg.gp.help': 'A price on a slope of D that is not 1, between real and generated images.',
  'field.reg.gp.effect': 'Goes with the Wasserstein loss: 10 for images, 0.1 for points.',

  'field.reg.gpOneSided.label': 'One-sided',
  'field.reg.gpOneSided.help': 'Only slopes above 1 cost; D may be as flat as it likes.',
  'field.reg.gpOneSided.effect': 'Holds D less tightly; where G is nearly right, D is not forced to tilt.',

  'field.reg.clip.label': 'Weight clipping',
  'field.reg.clip.help': 'After each update, every weight of D is cut back to within this distance of 0.',
  'field.reg.clip.effect':
    'The first Wasserstein GAN’s way to hold D, at 0.01. Most weights end at the edge and D stays simple: a gradient penalty does better.',

  'field.reg.consensus.label': 'Consensus',
  'field.reg.consensus.help': 'Both players also shrink the gradients that the two losses have.',
  'field.reg.consensus.effect':
    'Pulls a circling game inwards, and can hold it where it should not rest. For small networks.',

  'field.vae.beta.label': 'VAE β',
  'field.vae.beta.help':
    'How much the divergence of the codes from the prior counts beside the reconstruction error; 1 is the bound itself.',
  'field.vae.beta.effect':
    'Lower copies more sharply, but samples fall apart; higher makes samples smoother and the copies vaguer.',

  'field.reg.spectral.label': 'Spectral norm',
  'field.reg.spectral.help':
    'Divides each kernel of D by its largest singular value, found by this many power iterations an update.',
  'field.reg.spectral.effect':
    'D cannot become too steep, so its gradient stays useful to G. One iteration is enough; learning is calmer and slower.',

  'field.reg.noise.label': 'Instance noise',
  'field.reg.noise.help': 'The spread of the Gaussian noise added to every image, real or fake, before D sees it.',
  'field.reg.noise.effect':
    'Reals and fakes overlap, so D cannot be sure of them. Pixels lie in −1 to 1: 0.1 is a light grain.',

  'field.reg.noiseSteps.label': 'Noise fades over',
  'field.reg.noiseSteps.help': 'The step at which the noise has faded to nothing, in a straight line.',
  'field.reg.noiseSteps.effect': 'Off keeps the noise as it is; G then learns to draw images that are blurred by it.',

  'field.reg.augment.label': 'Augmentation',
  'field.reg.augment.help': 'Changes that D sees in every image, real or fake; the gradient passes through them to G.',
  'field.reg.augment.effect':
    'D cannot learn a small training set by heart. With thousands of images it only makes D’s task harder.',
  'option.reg.augment.none': 'None',
  'option.reg.augment.translation': 'Translation',
  'option.reg.augment.translation-cutout': 'Also cutout',
  'option.reg.augment.all': 'Also colour',

  'field.reg.augmentP.label': 'Augmented share',
  'field.reg.augmentP.help': 'How likely each change is made to an image; where it adapts, how likely at first.',
  'field.reg.augmentP.effect':
    'At 1 D never sees an image as it is. Above about 0.8 the changes may leak into the samples.',

  'field.reg.augmentAdapt.label': 'Adapt the share',
  'field.reg.augmentAdapt.help':
    'Whether the share follows how far D overfits: up while D is surer of the training images than it should be.',
  'field.reg.augmentAdapt.effect':
    'It aims at D’s logit being positive for 80% of the reals. It needs a loss with a zero that means “undecided”.',

  'field.reg.features.label': 'Feature matching',
  'field.reg.features.help':
    'How much G’s loss counts the squared distance between reals and fakes in the average of what D’s last layer sees.',
  'field.reg.features.effect':
    'G gets a target that does not run away when D wins. G’s update then looks at reals too, and takes longer.',

  'field.reg.history.label': 'Historical averaging',
  'field.reg.history.help':
    'How much each loss counts the squared distance of a network’s weights from the mean of all they have been.',
  'field.reg.history.effect':
    'Damps two networks that circle each other, and in the end holds them back: the past grows longer.',

  'field.reg.clipNorm.label': 'Gradient clipping',
  'field.reg.clipNorm.help':
    'The longest gradient that either network may learn from; longer ones are shortened to it.',
  'field.reg.clipNorm.effect':
    'Keeps one bad batch from throwing a network far off. Adam rescales steps anyway, so it mostly matters for SGD.',

  'field.g.optimiser.label': 'G optimiser',
  'field.g.optimiser.help': 'How G turns its gradient into a change of its weights.',
  'field.g.optimiser.effect':
    'Adam and RMSprop scale each weight’s step by its recent gradients, Adam with momentum; SGD follows the gradient as it is and needs a far larger rate.',
  'option.g.optimiser.adam': 'Adam',
  'option.g.optimiser.sgd': 'SGD',
  'option.g.optimiser.rmsprop': 'RMSprop',

  'field.g.lr.label': 'G learning rate',
  'field.g.lr.help': 'How far one update moves G’s weights.',
  'field.g.lr.effect':
    'Too small, and nothing happens in the first minute; too large, and the samples flip between extremes.',

  'field.g.beta1.label': 'G Adam β₁',
  'field.g.beta1.help': 'How much of the past direction G’s next step keeps.',
  'field.g.beta1.effect':
    'Adam’s usual 0.9 makes the two networks overshoot each other; 0.5 or less is usual for GANs.',

  'field.g.beta2.label': 'G β₂',
  'field.g.beta2.help': 'How long G’s optimiser remembers the size of its gradients.',
  'field.g.beta2.effect': 'Lower adapts sooner when D changes; 0.999 remembers about a thousand steps.',

  'field.d.optimiser.label': 'D optimiser',
  'field.d.optimiser.help': 'How D turns its gradient into a change of its weights.',
  'field.d.optimiser.effect':
    'Adam and RMSprop scale each weight’s step by its recent gradients, Adam with momentum; SGD follows the gradient as it is and needs a far larger rate.',
  'option.d.optimiser.adam': 'Adam',
  'option.d.optimiser.sgd': 'SGD',
  'option.d.optimiser.rmsprop': 'RMSprop',

  'field.d.lr.label': 'D learning rate',
  'field.d.lr.help': 'How far one update moves D’s weights.',
  'field.d.lr.effect':
    'Raise it above G’s to keep D ahead; too far ahead, and D(G(z)) falls to 0 and G stops learning.',

  'field.d.beta1.label': 'D Adam β₁',
  'field.d.beta1.help': 'How much of the past direction D’s next step keeps.',
  'field.d.beta1.effect':
    'Adam’s usual 0.9 makes the two networks overshoot each other; 0.5 or less is usual for GANs.',

  'field.d.beta2.label': 'D β₂',
  'field.d.beta2.help': 'How long D’s optimiser remembers the size of its gradients.',
  'field.d.beta2.effect': 'Lower adapts sooner when G changes; 0.999 remembers about a thousand steps.',

  'field.optim.decay.label': 'Rate decay',
  'field.optim.decay.help': 'Whether both learning rates shrink as the run goes on.',
  'field.optim.decay.effect':
    'Large steps find the shapes soon, small ones settle the detail. Without decay a GAN keeps circling.',
  'option.optim.decay.none': 'None',
  'option.optim.decay.linear': 'Linear',
  'option.optim.decay.cosine': 'Cosine',

  'field.optim.horizon.label': 'Decay over',
  'field.optim.horizon.help': 'The step at which both rates have reached their least.',
  'field.optim.horizon.effect':
    'Choose about as many steps as you mean to train; after it the run goes on at the least rate.',

  'field.ema.halfLife.label': 'EMA half-life',
  'field.ema.halfLife.help':
    'The EMA sheet is drawn by a running average of G’s weights; after this many steps a weight counts half.',
  'field.ema.halfLife.effect':
    'Longer is calmer and lags further behind. It changes what is shown, not what is learnt.',

  'field.train.stepsD.label': 'D updates',
  'field.train.stepsD.help': 'How often D is updated in one step, each time on fresh images.',
  'field.train.stepsD.effect': 'More keep D nearer its best answer, as the theory assumes, and make each step slower.',

  'field.train.stepsG.label': 'G updates',
  'field.train.stepsG.help': 'How often G is updated in one step, each time from fresh z.',
  'field.train.stepsG.effect': 'More help a G that D beats easily, and let it exploit a D that has not caught up.',

  'field.train.limit.label': 'Step limit',
  'field.train.limit.help': 'The step after which training stops by itself.',
  'field.train.limit.effect': 'Off trains until you pause.',

  'field.train.seed.label': 'Seed',
  'field.train.seed.help': 'The number that all randomness of a run starts from.',
  'field.train.seed.effect': 'The same seed and settings give the same run on the same backend.',
} as const satisfies Record<FieldKey, string>;
