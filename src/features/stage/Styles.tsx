import { type ReactNode, useEffect, useRef, useState } from 'react';
import { coarseCount, fineCount, psis, sweepRows } from '../../config/styles.ts';
import { useLocale } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import type { Sheet, StyleSheets } from '../../worker/protocol.ts';
import { SettingRow } from '../controls/SettingRow.tsx';
import { wholeCell } from './layout.ts';
import { SampleCanvas } from './SampleCanvas.tsx';
import './styles.css';

/** Styled convolutions of G: what a mix divides among its two sources. */
function useStyledLayers(): number {
  return useDuel((state) => state.facts?.generator.layers.filter(({ spec }) => spec.kind === 'styledConv').length ?? 0);
}

/** Asks for the tables when they are opened, for another crossover, and with each new sheet; one request at a time. */
function useStyles(crossover: number): StyleSheets | undefined {
  const ask = useDuel((state) => state.askStyles);
  const runId = useDuel((state) => state.runId);
  const sheet = useDuel((state) => state.generated);
  const styles = useDuel((state) => state.styles);
  const asked = useRef<{ runId: number; sheet: Sheet; crossover: number; before: StyleSheets | undefined }>(undefined);
  useEffect(() => {
    if (!sheet || crossover < 1) return;
    const last = asked.current?.runId === runId ? asked.current : undefined;
    const waits = last !== undefined && last.before === styles;
    const current = last?.sheet === sheet && last.crossover === crossover;
    if (waits || current) return;
    asked.current = { runId, sheet, crossover, before: styles };
    ask(crossover);
  }, [ask, runId, sheet, styles, crossover]);
  return styles;
}

/** How styles mix, and what truncation does: the tables of the StyleGAN papers, of the run as it is. */
export function Styles({ onClose }: { readonly onClose: () => void }) {
  const { t, format } = useLocale();
  const pixelRatio = usePixelRatio();
  const layers = useStyledLayers();
  const [crossover, setCrossover] = useState(2);
  const styles = useStyles(Math.min(crossover, layers - 1));
  const options = Array.from({ length: Math.max(0, layers - 1) }, (_, i) => ({
    value: String(i + 1),
    word: t('styles.crossover.option', { n: i + 1, of: layers }),
  }));
  const room = Math.min(56, (innerWidth - 120) / (fineCount + 1));
  const cell = wholeCell(room, styles?.mixed.size ?? 28, pixelRatio);
  return (
    <Dialog title={t('styles.title')} className="styles" onClose={onClose}>
      <div className="styles-body">
        <section aria-label={t('styles.mixing')}>
          <h3>{t('styles.mixing')}</h3>
          <p className="caption">{t('styles.mixing.text')}</p>
          <span className="style-choice">
            <span aria-hidden="true">{t('styles.crossover')}</span>
            <Select
              label={t('styles.crossover')}
              value={String(crossover)}
              options={options}
              onChange={(value) => setCrossover(Number(value))}
            />
          </span>
          {styles && <Mixing sheet={styles.mixed} cell={cell} />}
        </section>
        <section aria-label={t('styles.sweep')}>
          <h3>{t('styles.sweep')}</h3>
          <p className="caption">{t('styles.sweep.text')}</p>
          {styles && (
            <Table heads={psis.map((psi) => `ψ ${format.fixed(psi, 2)}`)}>
              {Array.from({ length: sweepRows }, (_, row) => (
                <tr key={psis[row]}>
                  {psis.map((psi, column) => (
                    <td key={psi}>
                      <SampleCanvas
                        sheet={styles.sweep}
                        index={row * psis.length + column}
                        side={cell}
                        label={t('styles.sweep.image', { n: row + 1, psi: format.fixed(psi, 2) })}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </Table>
          )}
          <SettingRow path="model.psi" />
        </section>
      </div>
    </Dialog>
  );
}

function Mixing({ sheet, cell }: { readonly sheet: Sheet; readonly cell: number }) {
  const { t } = useLocale();
  const source = (n: number) => t('styles.source', { n: n + 1 });
  const image = (index: number, label: string) => (
    <SampleCanvas sheet={sheet} index={index} side={cell} label={label} />
  );
  const fines = Array.from({ length: fineCount }, (_, i) => coarseCount + i);
  return (
    <table className="style-table">
      <thead>
        <tr>
          <td className="caption">{t('styles.corner')}</td>
          {fines.map((fine, i) => (
            <th key={fine} scope="col">
              {image(i, source(fine))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: coarseCount }, (_, row) => row).map((row) => (
          <tr key={row}>
            <th scope="row">{image(fineCount + row * (fineCount + 1), source(row))}</th>
            {fines.map((fine, i) => (
              <td key={fine}>
                {image(fineCount + row * (fineCount + 1) + 1 + i, t('styles.mix', { coarse: row + 1, fine: fine + 1 }))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Table({ heads, children }: { readonly heads: readonly string[]; readonly children: ReactNode }) {
  return (
    <table className="style-table">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col" className="caption">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
