import { useEffect, useRef } from 'react';
import { fieldOf, type Path } from '../../config/fields.ts';
import { regularisers } from '../../engine/regularizers/index.ts';
import { useFormat, useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Formula } from '../../ui/Formula.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { usePopover } from '../../ui/usePopover.ts';
import { costWords } from './costWords.ts';
import { homeOf } from './home.ts';
import { papers } from './papers.ts';
import { nameOf, wordOf } from './words.ts';

const hoverDelay = 450;
const leaveDelay = 160;

/** A setting's name; a hover or a press tells what it means, what it does, and where that comes from. */
export function HelpLabel({ path }: { readonly path: Path }) {
  const t = useT();
  const { anchor, open, setOpen, button } = usePopover();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const name = nameOf(t, path);

  const later = (show: boolean, delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(show), delay);
  };

  return (
    <>
      <button
        ref={anchor}
        type="button"
        className="setting-label"
        aria-label={t('setting.help', { name })}
        {...button}
        onPointerEnter={(event) => {
          if (event.pointerType === 'mouse') later(true, hoverDelay);
        }}
        onPointerLeave={(event) => {
          if (event.pointerType === 'mouse') later(false, leaveDelay);
        }}
        onClick={() => {
          clearTimeout(timer.current);
          button.onClick();
        }}
      >
        {name}
      </button>
      {open && (
        <Popover
          anchor={anchor}
          label={name}
          className="help"
          onClose={() => setOpen(false)}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={() => later(false, leaveDelay)}
        >
          <Help path={path} />
        </Popover>
      )}
    </>
  );
}

function Help({ path }: { readonly path: Path }) {
  const t = useT();
  const home = useDuel((state) => homeOf(state.preset)[path]);
  const paper = papers[path];
  const format = useFormat();
  const tex = regularisers.find(({ setting }) => setting === path)?.tex;
  const cost = costWords(t, format, path);
  return (
    <>
      <h3>{nameOf(t, path)}</h3>
      <p>{t(`field.${path}.help`)}</p>
      <p>{t(`field.${path}.effect`)}</p>
      {tex && (
        <p>
          <Formula tex={tex} />
        </p>
      )}
      {cost && <p className="caption">{cost}</p>}
      <p className="caption help-foot">
        <span>
          {t(fieldOf(path).live ? 'setting.isLiveHelp' : 'setting.needsRestartHelp')}
          {t('setting.default', { value: wordOf(t, path, home) })}
        </span>
        {paper && (
          <a href={paper.url} target="_blank" rel="noreferrer">
            {paper.text}
          </a>
        )}
      </p>
    </>
  );
}
