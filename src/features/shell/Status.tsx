import type { ReactNode } from 'react';
import { isDuel } from '../../config/families.ts';
import { isWorld } from '../../config/worlds.ts';
import { useFormat, useRich, useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';

export function RunStateMark() {
  const t = useT();
  const runState = useDuel((state) => state.runState);
  return (
    <span className="run-state" data-state={runState}>
      {t(`state.${runState}`)}
    </span>
  );
}

const bold = (text: ReactNode) => <b>{text}</b>;

/** The run in figures. Text that can be read at any time and is not announced by itself. */
export function StatusBar() {
  const t = useT();
  const rich = useRich();
  const format = useFormat();
  const step = useDuel((state) => state.step);
  const limit = useDuel((state) => state.applied['train.limit']);
  const epoch = useDuel((state) => state.epoch);
  const seconds = useDuel((state) => state.seconds);
  const images = useDuel((state) => state.imagesPerSecond);
  const points = useDuel((state) => isWorld(state.applied['data.set']));
  const lossD = useDuel((state) => state.latest.lossD);
  const lossG = useDuel((state) => state.latest.lossG);
  const tensors = useDuel((state) => state.tensors);
  const bytes = useDuel((state) => state.bytes);
  const duel = useDuel((state) => isDuel(state.applied));
  const figure = (x: number | undefined) => bold(x === undefined ? '–' : format.figure(x));
  return (
    <footer className="status">
      <h2 className="visually-hidden">{t('status.label')}</h2>
      <RunStateMark />
      <i />
      <span>
        {limit > 0
          ? rich('status.stepOf', { step: bold(format.count(step)), limit: format.count(limit) })
          : rich('status.step', { step: bold(format.count(step)) })}
      </span>
      {step > 0 && (
        <>
          <i />
          <span>{rich('status.epoch', { epoch: bold(format.fixed(epoch, 1)) })}</span>
          <i />
          <span>{bold(format.duration(seconds))}</span>
          <i />
          <span>
            {rich(points ? 'status.points' : 'status.images', { rate: bold(format.count(Math.round(images))) })}
          </span>
        </>
      )}
      <i />
      <span className="losses">
        {rich(duel ? 'status.losses' : 'status.bound', { d: figure(lossD), g: figure(lossG) })}
      </span>
      {tensors > 0 && (
        <>
          <i />
          <span>
            {rich('status.memory', { tensors: bold(format.count(tensors)), bytes: bold(format.bytes(bytes)) })}
          </span>
        </>
      )}
      <span className="spacer" />
      <span>{t('status.private')}</span>
    </footer>
  );
}

/** On a phone, in a foldout: what its short line leaves out. */
export function MoreFigures() {
  const rich = useRich();
  const format = useFormat();
  const step = useDuel((state) => state.step);
  const limit = useDuel((state) => state.applied['train.limit']);
  const epoch = useDuel((state) => state.epoch);
  const seconds = useDuel((state) => state.seconds);
  const images = useDuel((state) => state.imagesPerSecond);
  const points = useDuel((state) => isWorld(state.applied['data.set']));
  const tensors = useDuel((state) => state.tensors);
  const bytes = useDuel((state) => state.bytes);
  return (
    <div className="more-figures">
      {limit > 0 && (
        <span>{rich('status.stepOf', { step: bold(format.count(step)), limit: format.count(limit) })}</span>
      )}
      <span>{rich('status.epoch', { epoch: bold(format.fixed(epoch, 1)) })}</span>
      <span>{bold(format.duration(seconds))}</span>
      <span>{rich(points ? 'status.points' : 'status.images', { rate: bold(format.count(Math.round(images))) })}</span>
      {tensors > 0 && (
        <span>{rich('status.memory', { tensors: bold(format.count(tensors)), bytes: bold(format.bytes(bytes)) })}</span>
      )}
    </div>
  );
}

/** On a phone: the same in one short line. */
export function PhoneStatus() {
  const t = useT();
  const rich = useRich();
  const format = useFormat();
  const step = useDuel((state) => state.step);
  const lossD = useDuel((state) => state.latest.lossD);
  const lossG = useDuel((state) => state.latest.lossG);
  const rate = useDuel((state) => state.stepsPerSecond);
  const backend = useDuel((state) => state.backend?.chosen);
  const duel = useDuel((state) => isDuel(state.applied));
  const figure = (x: number | undefined) => bold(x === undefined ? '–' : format.figure(x));
  return (
    <div className="phone-status">
      <RunStateMark />
      <span>{rich('status.step', { step: bold(format.count(step)) })}</span>
      <span className="losses">
        {duel ? 'D' : 'KL'} {figure(lossD)} <span className="gap" /> {duel ? 'G' : 'R'} {figure(lossG)}
      </span>
      <span className="spacer" />
      <span>
        {backend ? t(`backend.${backend}`) : '–'} {step > 0 && bold(format.figure(rate))}
        {step > 0 && '/s'}
      </span>
    </div>
  );
}
