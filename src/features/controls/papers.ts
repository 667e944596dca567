import type { Path } from '../../config/fields.ts';

/** The paper behind a setting, named the same in every language. The year is that of its first version on arXiv. */
export interface Paper {
  readonly text: string;
  readonly url: string;
}

const arxiv = (text: string, number: string): Paper => ({ text, url: `https://arxiv.org/abs/${number}` });

const goodfellow = (where: string) => arxiv(`Goodfellow et al. 2014, ${where}`, '1406.2661');
const radford = (where: string) => arxiv(`Radford et al. 2015, ${where}`, '1511.06434');
const kingma = arxiv('Kingma & Ba 2014, algorithm 1', '1412.6980');
const mescheder = arxiv('Mescheder et al. 2018, section 4.1', '1801.04406');

export const papers: Readonly<Partial<Record<Path, Paper>>> = {
  'data.set': arxiv('Xiao et al. 2017 (Fashion-MNIST)', '1708.07747'),
  'train.batch': radford('section 4: 128'),
  'model.family': radford('section 3'),
  'model.latent': radford('figure 1: 100'),
  'model.widthG': radford('figure 1'),
  'model.normD': arxiv('Ioffe & Szegedy 2015, algorithm 1', '1502.03167'),
  'model.normG': arxiv('Salimans et al. 2016, section 3.5', '1606.03498'),
  'model.minibatch': arxiv('Karras et al. 2017; Salimans et al. 2016, section 3.2', '1710.10196'),
  'model.pack': arxiv('Lin et al. 2017 (PacGAN)', '1712.04086'),
  'model.psi': arxiv('Karras et al. 2018, appendix B', '1812.04948'),
  'model.mixing': arxiv('Karras et al. 2018, section 3.1: 0.9', '1812.04948'),
  'model.classes': arxiv('Miyato & Koyama 2018 (projection), Odena et al. 2016 (AC-GAN)', '1802.05637'),
  'model.dropoutD': { text: 'Srivastava et al. 2014', url: 'https://jmlr.org/papers/v15/srivastava14a.html' },
  'objective.loss': goodfellow('section 3'),
  'objective.realLabel': arxiv('Salimans et al. 2016, section 3.4', '1606.03498'),
  'reg.spectral': arxiv('Miyato et al. 2018, algorithm 1', '1802.05957'),
  'reg.noise': arxiv('Arjovsky & Bottou 2017, section 3', '1701.04862'),
  'reg.augment': arxiv('Zhao et al. 2020, section 3', '2006.10738'),
  'reg.augmentAdapt': arxiv('Karras et al. 2020, section 3.1', '2006.06676'),
  'reg.features': arxiv('Salimans et al. 2016, section 3.1', '1606.03498'),
  'reg.history': arxiv('Salimans et al. 2016, section 3.3', '1606.03498'),
  'reg.clipNorm': arxiv('Pascanu et al. 2012, algorithm 1', '1211.5063'),
  'reg.r1': mescheder,
  'reg.r2': mescheder,
  'reg.gp': arxiv('Gulrajani et al. 2017, section 4', '1704.00028'),
  'reg.gpOneSided': arxiv('Gulrajani et al. 2017, section 4', '1704.00028'),
  'reg.clip': arxiv('Arjovsky et al. 2017, algorithm 1: 0.01', '1701.07875'),
  'reg.consensus': arxiv('Mescheder et al. 2017, section 4', '1705.10461'),
  'g.optimiser': kingma,
  'g.lr': radford('section 4: 2e-4'),
  'g.beta1': radford('section 4: 0.5'),
  'g.beta2': kingma,
  'd.optimiser': kingma,
  'd.lr': arxiv('Heusel et al. 2017 (two rates)', '1706.08500'),
  'd.beta1': radford('section 4: 0.5'),
  'd.beta2': kingma,
  'optim.decay': arxiv('Loshchilov & Hutter 2016 (cosine)', '1608.03983'),
  'ema.halfLife': arxiv('Yaz\u0131c\u0131 et al. 2018', '1806.04498'),
  'train.stepsD': goodfellow('algorithm 1'),
};
