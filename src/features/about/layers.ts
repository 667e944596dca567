import type { Activation, LayerSpec } from '../../engine/nn/spec.ts';
import type { Translate } from '../../i18n/i18n.ts';

/** Names, the same in every language. */
const activations: Readonly<Record<Exclude<Activation, 'linear'>, string>> = {
  relu: 'ReLU',
  leaky: 'leaky ReLU 0.2',
  'leaky0.1': 'leaky ReLU 0.1',
  tanh: 'tanh',
};

function layerName(t: Translate, spec: LayerSpec): string {
  switch (spec.kind) {
    case 'dense':
      return t('layer.dense', { units: spec.units });
    case 'conv':
    case 'convTranspose': {
      const { kernel, stride, filters } = spec;
      return t(`layer.${spec.kind}`, { kernel: `${kernel}×${kernel}`, stride, filters });
    }
    case 'styledConv': {
      const { kernel, filters, up } = spec;
      return t(up ? 'layer.styledConv.up' : 'layer.styledConv', { kernel: `${kernel}×${kernel}`, filters });
    }
    case 'norm':
    case 'truncation':
      return t(`layer.${spec.kind}`, { momentum: String(spec.momentum) });
    case 'minibatchStddev':
      return t('layer.minibatchStddev', { group: spec.group });
    case 'minibatchDiscrimination':
      return t('layer.minibatchDiscrimination', { kernels: spec.kernels, dims: spec.dims });
    case 'resample':
      return t(`layer.resample.${spec.way}`, { filters: spec.filters });
    case 'residual': {
      const body = spec.body.map((inner) => layerText(t, inner)).join(t('layer.residual.next'));
      return t('layer.residual', { body });
    }
    case 'fourier':
      return t('layer.fourier', { n: spec.frequencies.length / 2 });
    case 'classes':
      return t('layer.classes', { units: spec.units });
    case 'projection':
    case 'auxiliary':
      return t(`layer.${spec.kind}`, { classes: spec.classes });
    case 'constant':
    case 'reshape':
      return t(`layer.${spec.kind}`, { shape: spec.shape.join('×') });
    default:
      return t(`layer.${spec.kind}`);
  }
}

/** One line that names a layer: "conv 4×4, stride 2, 64, leaky ReLU 0.2". */
export function layerText(t: Translate, spec: LayerSpec): string {
  const layer = layerName(t, spec);
  const activation = 'activation' in spec ? spec.activation : 'linear';
  return activation === 'linear' ? layer : t('layer.then', { layer, activation: activations[activation] });
}
