import CircleAlert from 'lucide-react/icons/circle-alert';
import RotateCw from 'lucide-react/icons/rotate-cw';
import Undo2 from 'lucide-react/icons/undo-2';
import Zap from 'lucide-react/icons/zap';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { isOffValue, type Value } from '../../config/experiment.ts';
import type { ChoiceField, Field, SliderField } from '../../config/field.ts';
import { fieldOf, type Path } from '../../config/fields.ts';
import { useT } from '../../i18n/react.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { AdviceOn } from './Advice.tsx';
import { HelpLabel } from './HelpLabel.tsx';
import { NumberBox } from './NumberBox.tsx';
import { Slider } from './Slider.tsx';
import { type Setting, useSetting } from './useSetting.ts';
import { useUnit } from './useUnit.ts';
import { nameOf, wordOf } from './words.ts';

/** How long it is said that a typed number could not be taken as it stood, in milliseconds. */
const problemLasts = 12_000;

interface RowProps<F extends Field> {
  readonly path: Path;
  readonly field: F;
  readonly setting: Setting;
}

/** One row of the table of settings, and under it why its value does not go with another's. */
export function SettingRow({ path }: { readonly path: Path }) {
  return (
    <>
      <Row path={path} />
      <AdviceOn path={path} />
    </>
  );
}

function Row({ path }: { readonly path: Path }) {
  const field = fieldOf(path);
  const setting = useSetting(path);
  switch (field.kind) {
    case 'slider':
      return <SliderRow path={path} field={field} setting={setting} />;
    case 'choice':
      return <ChoiceRow path={path} field={field} setting={setting} />;
    case 'switch':
      return <SwitchRow path={path} field={field} setting={setting} />;
  }
}

/** The bolt of a live setting; the turning arrow of one that waits. Its word is in the help and the tip. */
function Kind({ live, setting }: { readonly live: boolean; readonly setting: Setting }) {
  const t = useT();
  // A live one waits too where a preset or a link brought it.
  if (live && setting.state !== 'restart') {
    return (
      <span className="setting-kind" title={t('setting.isLive')}>
        <Zap className="icon" />
      </span>
    );
  }
  return setting.state === 'restart' ? (
    <span className="setting-kind" title={t('setting.needsRestart')}>
      <RotateCw className="icon" />
    </span>
  ) : null;
}

/** Whether it is a stabiliser that is off, which is one line without a slider. */
function isIdle({ suggested }: Field, { value }: Setting): boolean {
  return suggested !== undefined && isOffValue(value);
}

/** Turns a stabiliser on, at the value that is suggested for it, and off. */
function OnSwitch({ path, field, setting }: RowProps<Field>) {
  const t = useT();
  const { suggested } = field;
  if (suggested === undefined) return null;
  const off = field.kind === 'choice' ? 'none' : 0;
  return (
    <Switch
      label={nameOf(t, path)}
      checked={!isIdle(field, setting)}
      onChange={(on) => setting.set((on ? suggested : off) as Value)}
    />
  );
}

export function Was({ path, setting }: { readonly path: Path; readonly setting: Setting }) {
  const t = useT();
  // That a stabiliser was off, its switch says.
  if (setting.state === 'rest' || (fieldOf(path).suggested !== undefined && isOffValue(setting.was))) return null;
  const value = wordOf(t, path, setting.was);
  const label = t('setting.reset', { name: nameOf(t, path), value });
  return (
    <>
      <span className="setting-was">{t('setting.was', { value })}</span>
      <button
        type="button"
        className="setting-reset"
        aria-label={label}
        title={label}
        onClick={() => setting.set(setting.was)}
      >
        <Undo2 className="icon icon-small" />
      </button>
    </>
  );
}

function SliderRow({ path, field, setting }: RowProps<SliderField>) {
  const t = useT();
  const reason = useId();
  const [problem, setProblem] = useState<string>();
  const value = setting.value as number;
  const idle = isIdle(field, setting);
  const text = wordOf(t, path, value);
  const unit = useUnit(field);
  const withUnit = unit && value !== 0 ? `${text} ${unit}` : text;
  useEffect(() => {
    if (problem === undefined) return;
    const timer = setTimeout(() => setProblem(undefined), problemLasts);
    return () => clearTimeout(timer);
  }, [problem]);
  const set = (next: number) => {
    setProblem(undefined);
    setting.set(next);
  };
  return (
    <div
      className="setting"
      data-part={field.of}
      data-state={setting.state}
      data-invalid={problem !== undefined || undefined}
    >
      <div className="setting-head">
        <HelpLabel path={path} />
        <Kind live={field.live} setting={setting} />
        <span className="spacer" />
        <Was path={path} setting={setting} />
        {!idle && (
          <NumberBox
            path={path}
            field={field}
            value={value}
            onChange={setting.set}
            onProblem={setProblem}
            invalid={problem !== undefined}
            describedBy={problem && reason}
          />
        )}
        <OnSwitch path={path} field={field} setting={setting} />
      </div>
      {!idle && (
        <Slider
          label={nameOf(t, path)}
          field={field}
          value={value}
          home={setting.home as number}
          valueText={withUnit}
          onChange={set}
        />
      )}
      <Reason id={reason}>{problem}</Reason>
    </div>
  );
}

function Reason({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <p id={id} className="setting-reason" role="status" hidden={!children}>
      {children && <CircleAlert className="icon icon-small" />}
      <span>{children}</span>
    </p>
  );
}

function ChoiceRow({ path, field, setting }: RowProps<ChoiceField>) {
  const t = useT();
  const options = field.options.map((option) => ({ value: String(option), word: wordOf(t, path, option as never) }));
  const choose = (text: string) => {
    const option = field.options.find((known) => String(known) === text);
    if (option !== undefined) setting.set(option as never);
  };
  return (
    <div className="setting" data-part={field.of} data-state={setting.state}>
      <div className="setting-line">
        <HelpLabel path={path} />
        <Kind live={field.live} setting={setting} />
        {isIdle(field, setting) ? (
          <span className="spacer" />
        ) : (
          <Select label={nameOf(t, path)} value={String(setting.value)} options={options} onChange={choose} />
        )}
        <OnSwitch path={path} field={field} setting={setting} />
      </div>
      {setting.state !== 'rest' && !(field.suggested !== undefined && isOffValue(setting.was)) && (
        <div className="setting-foot">
          <Was path={path} setting={setting} />
        </div>
      )}
    </div>
  );
}

function SwitchRow({ path, field, setting }: RowProps<Extract<Field, { kind: 'switch' }>>) {
  const t = useT();
  return (
    <div className="setting" data-part={field.of} data-state={setting.state}>
      <div className="setting-head">
        <HelpLabel path={path} />
        <Kind live={field.live} setting={setting} />
        <span className="spacer" />
        <Was path={path} setting={setting} />
        <Switch
          label={nameOf(t, path)}
          checked={setting.value as unknown as boolean}
          onChange={(on) => setting.set(on as never)}
        />
      </div>
    </div>
  );
}
