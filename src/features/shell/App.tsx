import { useEffect, useState } from 'react';
import { useT } from '../../i18n/react.tsx';
import { useMedia } from '../../ui/useMedia.ts';
import { About } from '../about/About.tsx';
import { Desk } from './Desk.tsx';
import { Notices } from './Notices.tsx';
import { Phone } from './Phone.tsx';

/** The page: one frame for a desk, one for a phone, and what floats over both. */
export function App() {
  const t = useT();
  const phone = useMedia('(max-width: 719px), (max-height: 480px) and (max-width: 960px)');
  const [about, setAbout] = useState(false);
  useEffect(() => {
    document.title = t('app.title');
  }, [t]);
  const openAbout = () => setAbout(true);
  return (
    <>
      <button type="button" className="skip" onClick={toStage}>
        {t('app.skip')}
      </button>
      {phone ? <Phone onAbout={openAbout} /> : <Desk onAbout={openAbout} />}
      {about && <About onClose={() => setAbout(false)} />}
      <Notices />
    </>
  );
}

/** A button, not a link: the address's `#` holds the experiment. */
function toStage() {
  document.getElementById('stage')?.focus();
}
