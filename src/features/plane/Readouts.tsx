import { useLocale } from '../../i18n/react.tsx';
import type { CloudView, DiracView } from '../../worker/protocol.ts';
import { useCoverage } from './coverage.ts';
import { scaleOf, valueAt } from './opinion.ts';

interface Readout {
  readonly name: string;
  readonly value: string;
  readonly floor?: string;
}

/** Figures of the plane, each beside what it would be without having learnt anything. */
function List({ items }: { readonly items: readonly Readout[] }) {
  return (
    <dl className="plane-readouts">
      {items.map(({ name, value, floor }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          {floor && <dd className="caption">{floor}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** D's mean shade over points: its probability, or its place between the least and the most it says. */
export function meanShade({ field }: Pick<CloudView, 'field'>, points: Float32Array): number {
  const { shade } = scaleOf(field);
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) {
    sum += shade(valueAt(field, points[i] as number, points[i + 1] as number));
  }
  return sum / (points.length / 2);
}

function meanValue({ field }: Pick<CloudView, 'field'>, points: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) sum += valueAt(field, points[i] as number, points[i + 1] as number);
  return sum / (points.length / 2);
}

/** D's mean over each side, as it is written: probabilities to two decimals, a critic's values as they are. */
export function meansOf(view: CloudView): { real: number; fake: number } {
  const mean = view.field.probability ? meanShade : meanValue;
  return { real: mean(view, view.real), fake: mean(view, view.fake) };
}

export function CloudReadouts({ view }: { readonly view: CloudView }) {
  const { t, format } = useLocale();
  const coverage = useCoverage(view);
  const means = meansOf(view);
  const items: Readout[] = [];
  if (coverage) {
    const found = coverage.found.filter(Boolean).length;
    const { modes: all, count, noise } = coverage;
    items.push(
      {
        name: t('plane.modes'),
        value: t('plane.ofModes', { n: found, all }),
        floor: t('plane.noiseFinds', { n: format.fixed(noise.found, 1) }),
      },
      {
        name: t('plane.highQuality'),
        value: format.percent(coverage.highQuality),
        floor: t('plane.noiseHas', { n: format.percent(noise.highQuality) }),
      },
      {
        name: t('plane.distance'),
        value: t('plane.sigmas', { n: format.figure(coverage.medianSigmas) }),
        floor: t('plane.measured', { weights: t(view.weights === 'ema' ? 'sheet.ema' : 'sheet.raw'), n: count }),
      },
    );
  }
  const figure = (x: number) => (view.field.probability ? format.fixed(x, 2) : format.figure(x));
  items.push({
    name: t('plane.means'),
    value: t('plane.meanReal', { d: figure(means.real) }),
    floor: t('plane.meanFake', { d: figure(means.fake) }),
  });
  return <List items={items} />;
}

export function DiracReadouts({ view }: { readonly view: DiracView }) {
  const { t, format } = useLocale();
  const { theta, psi, trail } = view;
  const start = Math.hypot(trail[0] ?? theta, trail[1] ?? psi);
  return (
    <List
      items={[
        { name: t('dirac.theta'), value: format.fixed(theta, 3), floor: t('dirac.theta.is') },
        { name: t('dirac.psi'), value: format.fixed(psi, 3), floor: t('dirac.psi.is') },
        {
          name: t('dirac.radius'),
          value: format.figure(Math.hypot(theta, psi)),
          floor: t('dirac.radius.start', { r: format.figure(start) }),
        },
      ]}
    />
  );
}
