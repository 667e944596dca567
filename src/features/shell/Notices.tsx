import Check from 'lucide-react/icons/check';
import OctagonAlert from 'lucide-react/icons/octagon-alert';
import X from 'lucide-react/icons/x';
import { useEffect, useState } from 'react';
import { useT } from '../../i18n/react.tsx';
import { useDuel, useDuelStore } from '../../state/react.ts';
import type { Notice } from '../../state/state.ts';
import { Button } from '../../ui/Button.tsx';
import { sentencesOf } from '../failure/sentences.ts';
import { waysAside } from '../failure/waysOut.ts';
import { type Toast, useToasts } from './toasts.ts';
import '../../ui/floating.css';

const lifetime = 6000;

/** What has to be said beside the run: failures until they are dismissed, the rest for six seconds. */
export function Notices() {
  const t = useT();
  const notices = useDuel((state) => state.notices);
  const toasts = useToasts((state) => state.toasts);
  return (
    <section className="toasts" aria-label={t('notice.region')}>
      {notices.map((notice) => (
        <FailureToast key={notice.id} notice={notice} />
      ))}
      <div role="status">
        {toasts.map((toast) => (
          <PlainToast key={toast.id} toast={toast} />
        ))}
      </div>
    </section>
  );
}

function FailureToast({ notice }: { readonly notice: Notice }) {
  const t = useT();
  const dismiss = useDuel((state) => state.dismiss);
  const store = useDuelStore();
  const draft = useDuel((state) => state.draft);
  const { title, happened, kept, todo } = sentencesOf(t, notice.failure);
  const ways = waysAside(notice.failure.code, { draft });
  return (
    <div className="toast toast-error" role="alert">
      <OctagonAlert className="icon" />
      <p>
        <span className="strong">{title}</span>
        <br />
        {happened} {kept} {todo}
      </p>
      <Button look="quiet" small icon aria-label={t('notice.dismiss')} onClick={() => dismiss(notice.id)}>
        <X className="icon icon-small" />
      </Button>
      {ways.length > 0 && (
        <div className="toast-ways">
          {ways.map((way) => (
            <Button
              key={way.key}
              small
              onClick={() => {
                way.go(store.getState());
                dismiss(notice.id);
              }}
            >
              {t(way.key)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function PlainToast({ toast }: { readonly toast: Toast }) {
  const drop = useToasts((state) => state.drop);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => drop(toast.id), lifetime);
    return () => clearTimeout(timer);
  }, [held, drop, toast.id]);
  return (
    <div className="toast" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
      <Check className="icon" />
      <p>{toast.text}</p>
    </div>
  );
}
