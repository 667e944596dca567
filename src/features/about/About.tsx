import Check from 'lucide-react/icons/check';
import X from 'lucide-react/icons/x';
import { Fragment } from 'react';
import { familyOf, isDuel } from '../../config/families.ts';
import { models } from '../../engine/models/index.ts';
import { elbo, objectives } from '../../engine/objectives/index.ts';
import { regularisers } from '../../engine/regularizers/index.ts';
import { useFormat, useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Formula } from '../../ui/Formula.tsx';
import type { NetworkFacts } from '../../worker/protocol.ts';
import { useWaiting } from '../controls/RestartBar.tsx';
import { nameOf } from '../controls/words.ts';
import { credits } from './credits.ts';
import { layerText } from './layers.ts';
import './about.css';

/** What runs: the networks layer by layer, what they minimise, where it all comes from. */
export function About({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t('about.title')} onClose={onClose} className="about">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="dialog-body" tabIndex={0}>
        <Networks />
        <Objective />
        <Stabilisers />
        <Data />
        <section>
          <h3>{t('about.duel')}</h3>
          <p>{t('about.duel.text')}</p>
          <p className="caption">{t('about.duel.credits')}</p>
        </section>
      </div>
    </Dialog>
  );
}

function Networks() {
  const t = useT();
  const facts = useDuel((state) => state.facts);
  const family = useDuel((state) => familyOf(state.applied));
  const waits = useWaiting().length > 0;
  const { citation } = models[family];
  return (
    <section>
      <h3>
        {t('about.network')}: {t(`option.model.family.${family}`)}
      </h3>
      <p>{t(`model.${family}.text`)}</p>
      {citation.url && (
        <p className="caption">
          {t('about.source')}:{' '}
          <a href={citation.url} target="_blank" rel="noreferrer">
            {citation.text}
          </a>
        </p>
      )}
      {waits && <p className="caption">{t('about.waiting')}</p>}
      {facts ? (
        <div className="about-nets">
          <Layers
            name={t(family !== 'vae' ? 'about.generator' : 'group.decoder')}
            mark="mark-fake"
            facts={facts.generator}
          />
          <Layers
            name={t(family !== 'vae' ? 'about.discriminator' : 'group.encoder')}
            mark="mark-judge"
            facts={facts.discriminator}
          />
        </div>
      ) : (
        <p className="caption">{t('about.notBuilt')}</p>
      )}
      {family === 'article' && <Article />}
    </section>
  );
}

interface LayersProps {
  readonly name: string;
  readonly mark: string;
  readonly facts: NetworkFacts;
}

function Layers({ name, mark, facts }: LayersProps) {
  const t = useT();
  const format = useFormat();
  return (
    <table className="layers">
      <caption>
        <i className={`mark ${mark}`} />
        {name}
        <span className="quiet">{t('about.weights', { n: facts.weights })}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('about.layer')}</th>
          <th scope="col">{t('about.shape')}</th>
          <th scope="col" className="number">
            {t('about.layerWeights')}
          </th>
        </tr>
      </thead>
      <tbody>
        {facts.layers.map((layer, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: layers have no other name than their place
          <tr key={i}>
            <td>{layerText(t, layer.spec)}</td>
            <td>{layer.shape}</td>
            <td className="number">{layer.weights > 0 && format.count(layer.weights)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const errata = [1, 2, 3, 4, 5, 6, 7] as const;

function Article() {
  const t = useT();
  return (
    <>
      <h4>{t('about.article')}</h4>
      <ol className="errata">
        {errata.map((n) => (
          <li key={n}>
            <p>
              <X className="icon icon-small" />
              {t(`article.${n}.wrong`)}
            </p>
            <p className="mended">
              <Check className="icon icon-small" />
              {t(`article.${n}.mended`)}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}

function Objective() {
  const duel = useDuel((state) => isDuel(state.applied));
  return duel ? <DuelObjective /> : <BoundObjective />;
}

/** What encoder and decoder of a VAE minimise together. */
function BoundObjective() {
  const t = useT();
  const beta = useDuel((state) => state.applied['vae.beta']);
  const format = useFormat();
  return (
    <section>
      <h3>
        {t('about.objective')}: {t('summary.bound', { beta: format.figure(beta) })}
      </h3>
      <p>{t('about.bound')}</p>
      <div className="formulas">
        <Formula tex={elbo.texLoss} />
        <Formula tex={elbo.texReconstruction} />
        <Formula tex={elbo.texDivergence} />
      </div>
      <p className="caption">
        {t('about.source')}:{' '}
        <a href={elbo.citation.url} target="_blank" rel="noreferrer">
          {elbo.citation.text}
        </a>
      </p>
    </section>
  );
}

function DuelObjective() {
  const t = useT();
  const loss = useDuel((state) => state.applied['objective.loss']);
  const { texD, texG, citation, probability } = objectives[loss];
  return (
    <section>
      <h3>
        {t('about.objective')}: {t(`option.objective.loss.${loss}`)}
      </h3>
      <dl className="formulas">
        <dt>{t('about.minimises', { side: 'D' })}</dt>
        <dd>
          <Formula tex={texD} />
        </dd>
        <dt>{t('about.minimises', { side: 'G' })}</dt>
        <dd>
          <Formula tex={texG} />
        </dd>
      </dl>
      {!probability && <p className="caption">{t('about.score')}</p>}
      <p className="caption">
        {t('about.source')}:{' '}
        <a href={citation.url} target="_blank" rel="noreferrer">
          {citation.text}
        </a>
      </p>
    </section>
  );
}

/** The penalties and tricks of this run, each with what it adds. */
function Stabilisers() {
  const t = useT();
  const applied = useDuel((state) => state.applied);
  const on = regularisers.filter(({ isOn }) => isDuel(applied) && isOn(applied));
  return (
    <section>
      <h3>{t('about.stabilisers')}</h3>
      {on.length === 0 ? (
        <p className="caption">{t('about.stabilisers.none')}</p>
      ) : (
        <dl className="formulas">
          {on.map(({ id, setting, tex, citation }) => (
            <Fragment key={id}>
              <dt>{nameOf(t, setting)}</dt>
              <dd>
                <Formula tex={tex} />
                <p className="caption">
                  {t('about.source')}:{' '}
                  <a href={citation.url} target="_blank" rel="noreferrer">
                    {citation.text}
                  </a>
                </p>
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
    </section>
  );
}

function Data() {
  const t = useT();
  return (
    <section>
      <h3>{t('about.data')}</h3>
      <ul className="credits">
        {Object.entries(credits).map(([id, credit]) => (
          <li key={id}>
            <span className="strong">{credit.work}</span>, {credit.by}.{' '}
            {t('about.data.licence', { licence: credit.licence })}.{' '}
            <a href={credit.url} target="_blank" rel="noreferrer">
              {credit.source}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
