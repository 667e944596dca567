import Eraser from 'lucide-react/icons/eraser';
import FileUp from 'lucide-react/icons/file-up';
import Undo2 from 'lucide-react/icons/undo-2';
import { type DragEvent, useRef, useState } from 'react';
import { DuelError, type Failure, toFailure } from '../../config/errors.ts';
import { mostPoints } from '../../config/worlds.ts';
import { useLocale } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { sentencesOf } from '../failure/sentences.ts';
import { type CsvPoints, mostCsvBytes, parsePoints } from './csv.ts';
import { DrawPad } from './DrawPad.tsx';
import { added, type Brush, brushes, type Drawing, emptyDrawing, pointsOf, undone } from './drawing.ts';
import './points.css';

interface Opened {
  readonly file: string;
  readonly read: CsvPoints;
}

/** A person's own points: drawn with mouse, finger or keys, or read from a file, which can then be drawn on. */
export default function PointsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, format } = useLocale();
  const points = useDuel((state) => state.points);
  const setPoints = useDuel((state) => state.setPoints);
  const restarts = useDuel((state) => state.step > 0 && state.applied['data.set'] === 'points');
  const [drawing, setDrawing] = useState<Drawing>(() => (points ? added(emptyDrawing, points) : emptyDrawing));
  const [brush, setBrush] = useState<Brush>('medium');
  const [opened, setOpened] = useState<Opened>();
  const [failure, setFailure] = useState<Failure>();
  const chooser = useRef<HTMLInputElement>(null);

  const open = async (file: File) => {
    setFailure(undefined);
    setOpened(undefined);
    try {
      const read = parsePoints(await textOf(file));
      setDrawing(added(emptyDrawing, read.points));
      setOpened({ file: file.name.slice(0, 60), read });
    } catch (thrown) {
      setFailure(toFailure(thrown));
    }
  };

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file) void open(file);
  };

  const undo = () => setDrawing(undone);
  const use = () => {
    setPoints(pointsOf(drawing));
    onClose();
  };
  const words = { small: t('points.brush.small'), medium: t('points.brush.medium'), large: t('points.brush.large') };
  const options = (Object.keys(brushes) as Brush[]).map((value) => ({ value, word: words[value] }));
  const none = drawing.count === 0 ? t('points.tooFew') : undefined;

  return (
    <Dialog className="points" title={t('points.title')} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button beside it opens a file as well */}
      <div className="points-body" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <p className="caption">{t('points.drop', { most: mostPoints })}</p>
        <div className="points-tools">
          <Segmented label={t('points.brush')} value={brush} options={options} onChange={setBrush} />
          <Button look="quiet" reason={none} onClick={undo}>
            <Undo2 className="icon" />
            {t('points.undo')}
          </Button>
          <Button look="quiet" reason={none} onClick={() => setDrawing(emptyDrawing)}>
            <Eraser className="icon" />
            {t('points.clear')}
          </Button>
          <Button look="quiet" onClick={() => chooser.current?.click()}>
            <FileUp className="icon" />
            {t('points.file')}
          </Button>
          <input
            ref={chooser}
            type="file"
            hidden
            accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              // So that the same file can be chosen again.
              event.currentTarget.value = '';
              if (file) void open(file);
            }}
          />
        </div>
        <DrawPad drawing={drawing} brush={brush} onChange={setDrawing} />
        <div className="points-told" role="status">
          {failure && <Refused failure={failure} />}
          {opened && <Told {...opened} />}
          {drawing.count + 12 > mostPoints && <p>{t('points.full', { most: mostPoints })}</p>}
        </div>
        <footer className="points-foot">
          <span className="strong">{t('points.count', { n: drawing.count })}</span>
          <span className="caption points-keys">{t('points.keys')}</span>
          <span className="spacer" />
          <Button look="primary" reason={none} onClick={use}>
            {t(restarts ? 'points.restart' : 'points.use')}
          </Button>
        </footer>
      </div>
    </Dialog>
  );

  function Refused({ failure }: { readonly failure: Failure }) {
    const { title, happened, kept, todo } = sentencesOf(t, failure);
    return (
      <p className="points-refused">
        <b>{title}.</b> {happened} {kept} {todo}
      </p>
    );
  }

  function Told({ file, read }: Opened) {
    const { skipped, named, over } = read;
    return (
      <>
        <p>{t('points.read', { n: read.points.length / 2, file })}</p>
        {skipped > 0 && (
          <p>
            {t('points.skipped', { n: skipped })}{' '}
            {[
              ...named.map(({ line, text }) => t('points.line', { line: format.count(line), text })),
              ...(skipped > named.length ? [t('points.moreLines', { n: skipped - named.length })] : []),
            ].join(t('points.between'))}
          </p>
        )}
        {over > 0 && <p>{t('points.over', { n: over })}</p>}
      </>
    );
  }
}

/** @throws DuelError `points-too-large`, before the file is read, or `points-unreadable` */
async function textOf(file: File): Promise<string> {
  if (file.size > mostCsvBytes) throw new DuelError('points-too-large', { bytes: file.size, most: mostCsvBytes });
  try {
    return await file.text();
  } catch (cause) {
    throw new DuelError('points-unreadable', { file: file.name.slice(0, 60) }, { cause });
  }
}
