import Info from 'lucide-react/icons/info';
import type { WasmFacts } from '../../config/backends.ts';
import { useT } from '../../i18n/react.tsx';
import { Button } from '../../ui/Button.tsx';
import { useObstacle } from '../isolation/isolation.ts';

/** Why there is but one thread, in plain words, and the way to more where there is one. */
export function OneThread({ why }: { readonly why: NonNullable<WasmFacts['single']> }) {
  const t = useT();
  const known = useObstacle((state) => state.obstacle);
  const obstacle = why === 'not-isolated' ? known : undefined;
  return (
    <div className="backend-note">
      <Info className="icon" />
      <div>
        <p>{t(`wasm.single.${why}`)}</p>
        {obstacle && <p>{t(`isolation.${obstacle}`)}</p>}
        {obstacle === 'late' && (
          <Button small onClick={() => location.reload()}>
            {t('wayOut.reload')}
          </Button>
        )}
      </div>
    </div>
  );
}
