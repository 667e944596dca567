import '@fontsource-variable/inter/wght.css';
import '../../ui/tokens.css';
import '../../ui/base.css';
import './frame.css';
import { createRoot } from 'react-dom/client';
import type { EngineClient } from '../../client/client.ts';
import { isBackendName } from '../../config/backends.ts';
import { openLink } from '../../config/link.ts';
import { startLanguage } from '../../i18n/i18n.ts';
import { DuelContext } from '../../state/react.ts';
import { createDuel } from '../../state/store.ts';
import { startTheme } from '../../ui/theme.ts';
import { isolatePage } from '../isolation/isolation.ts';
import { keepLink } from '../link/keepLink.ts';
import { keepPoints, keptPoints } from '../points/keepPoints.ts';
import { keepHistory } from '../stage/history.ts';
import { App } from './App.tsx';
import { listenForKeys } from './keys.ts';
import { LastResort } from './LastResort.tsx';

/** Opens what the address holds on an engine, and shows the page. */
export async function start(engine: EngineClient, root: HTMLElement): Promise<void> {
  startTheme();
  const { preset, experiment, failure } = openLink(location.hash);
  const duel = createDuel(engine, { presetId: preset.id, experiment, points: keptPoints() });
  const state = duel.store.getState();
  if (failure) state.notify(failure);

  const wanted = new URLSearchParams(location.search).get('backend');
  if (wanted !== null && !isBackendName(wanted)) {
    state.notify({ code: 'backend-unknown', detail: { backend: wanted.slice(0, 60) } });
  }
  // The worker starts as soon as the page is isolated or cannot be; the page's words may still be loading.
  void isolatePage().then(() => state.open(wanted !== null && isBackendName(wanted) ? wanted : undefined));
  keepLink(duel.store);
  listenForKeys(duel.store);
  keepHistory(duel.store);
  keepPoints(duel.store);

  await startLanguage();
  createRoot(root).render(
    <LastResort>
      <DuelContext value={duel}>
        <App />
      </DuelContext>
    </LastResort>,
  );
}
