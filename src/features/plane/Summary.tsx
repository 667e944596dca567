import { useEffect, useRef, useState } from 'react';
import type { Locale } from '../../i18n/i18n.ts';
import { useLocale } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import type { PlaneView } from '../../worker/protocol.ts';
import { type Coverage, useCoverage } from './coverage.ts';
import { meansOf } from './Readouts.tsx';

/** While training the summary is renewed this often, in milliseconds; a screen reader must be able to finish it. */
const every = 10_000;

/** What the picture shows, in a sentence or two. */
export function sentenceOf({ t, format }: Locale, view: PlaneView, coverage: Coverage | undefined): string {
  if (view.kind === 'dirac') {
    const { step, theta, psi } = view;
    const r = format.figure(Math.hypot(theta, psi));
    return t('dirac.summary', { step, theta: format.fixed(theta, 2), psi: format.fixed(psi, 2), r });
  }
  const figure = (x: number) => (view.field.probability ? format.fixed(x, 2) : format.figure(x));
  const { real, fake } = meansOf(view);
  const means = t('plane.summary.d', { step: view.step, real: figure(real), fake: figure(fake) });
  if (!coverage) return means;
  const { found, highQuality, count, modes: all } = coverage;
  const near = t('plane.summary.modes', {
    near: Math.round(highQuality * count),
    count,
    found: found.filter(Boolean).length,
    all,
  });
  return `${near} ${means}`;
}

/** The picture in words for those who do not see it: renewed when the run stops, and now and then while it goes on. */
export function Summary({ id }: { readonly id: string }) {
  const locale = useLocale();
  const view = useDuel((state) => state.plane);
  const coverage = useCoverage(view);
  const training = useDuel((state) => state.runState === 'training');
  const now = view && { view, coverage };
  const latest = useRef(now);
  latest.current = now;
  const [told, setTold] = useState(now);

  useEffect(() => {
    if (!training) return;
    const timer = setInterval(() => setTold(latest.current), every);
    return () => clearInterval(timer);
  }, [training]);

  const shown = training ? (told ?? now) : now;
  return (
    <p id={id} className="visually-hidden" role="status">
      {shown && sentenceOf(locale, shown.view, shown.coverage)}
    </p>
  );
}
