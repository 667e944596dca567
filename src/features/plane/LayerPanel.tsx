import { type ReactNode, useEffect } from 'react';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import type { PlaneView } from '../../worker/protocol.ts';
import { type LayerId, layersOf, usePlaneLook } from './layers.ts';

/** How each layer looks on the plane, 20 by 14. */
const signs: Readonly<Record<LayerId, ReactNode>> = {
  real: <circle className="sign-real" cx={10} cy={7} r={4} />,
  fake: <path className="sign-fake" d="M10 2l5 5-5 5-5-5z" />,
  opinion: (
    <>
      <rect className="sign-low" y={2} width={10} height={10} />
      <rect className="sign-high" x={10} y={2} width={10} height={10} />
    </>
  ),
  levels: <path className="sign-line" d="M1 9c4-7 8 5 18-3" />,
  arrows: <path className="sign-line" d="M2 11L16 4M11 3.4L16 4l-2.8 4" />,
  lattice: <path className="sign-lattice" d="M1 3c6 3 12-3 18 0M1 7c6 3 12-3 18 0M1 11c6 3 12-3 18 0M6 2v10M13 2v10" />,
  trails: <path className="sign-lattice" d="M2 12c2-8 8-9 16-9" strokeDasharray="2 2" />,
  modes: (
    <>
      <circle className="sign-mode" cx={5} cy={7} r={4} />
      <rect className="sign-missed" x={11.5} y={3} width={8} height={8} />
    </>
  ),
  flow: <path className="sign-flow" d="M2 4h6M6 2.5L8 4 6 5.5M11 10h6M15 8.5l2 1.5-2 1.5" />,
  path: <path className="sign-line" d="M2 11C4 2 16 2 15 8c-.4 3-7 3-6 0" />,
};

const editable = 'input, select, textarea, dialog, [contenteditable]';

/** The layers as switches, each with its sign, so that they are the legend as well; the figures turn them too. */
export function LayerPanel({ kind }: { readonly kind: PlaneView['kind'] }) {
  const t = useT();
  const layers = usePlaneLook((look) => look.layers);
  const toggle = usePlaneLook((look) => look.toggle);
  const withModes = useDuel((state) => state.facts?.plane?.modes !== undefined);
  const ids = (layersOf[kind] as readonly LayerId[]).filter((id) => id !== 'modes' || withModes);

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.target instanceof Element && event.target.closest(editable)) return;
      const id = ids[Number(event.key) - 1];
      if (id) toggle(id);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  return (
    <section className="plane-layers" aria-label={t('plane.layers')}>
      <h2>{t('plane.layers')}</h2>
      {ids.map((id, i) => (
        <button
          key={id}
          type="button"
          role="switch"
          className="plane-layer"
          aria-checked={layers[id]}
          aria-keyshortcuts={String(i + 1)}
          aria-label={t(`layer.${id}`)}
          title={t(`layer.${id}.tip`)}
          onClick={() => toggle(id)}
        >
          <svg viewBox="0 0 20 14" aria-hidden="true">
            {signs[id]}
          </svg>
          <span>{t(`layer.${id}`)}</span>
          <kbd className="key">{i + 1}</kbd>
        </button>
      ))}
    </section>
  );
}
