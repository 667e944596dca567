import { lazy, Suspense } from 'react';
import { isWorld } from '../../config/worlds.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { IfItFails } from '../../ui/IfItFails.tsx';
import { PhoneStage } from './PhoneStage.tsx';
import { Stage } from './Stage.tsx';
import { StateCard } from './StateCard.tsx';

const PlaneStage = lazy(() => import('../plane/PlaneStage.tsx'));

/** Sheets where the data are images, the plane where they are points. */
export function AnyStage({ phone = false }: { readonly phone?: boolean }) {
  const onThePlane = useDuel((state) => isWorld(state.applied['data.set']));
  if (!onThePlane) return phone ? <PhoneStage /> : <Stage />;
  return (
    <IfItFails fallback={<Sorry />}>
      <Suspense fallback={<Waiting />}>
        <PlaneStage phone={phone} />
      </Suspense>
    </IfItFails>
  );
}

function Waiting() {
  return (
    <div className="stage-frame">
      <div className="stage-body">
        <StateCard />
      </div>
    </div>
  );
}

function Sorry() {
  const t = useT();
  return (
    <p className="signals-failed" role="alert">
      {t('plane.failed')}
    </p>
  );
}
