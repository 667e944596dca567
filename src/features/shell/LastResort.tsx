import { Component, type ReactNode } from 'react';
import { currentLocale } from '../../i18n/i18n.ts';
import { Button } from '../../ui/Button.tsx';
import '../../ui/floating.css';

/** What is shown if the page itself fails to draw: the words of an unforeseen failure and a way on. */
export class LastResort extends Component<{ readonly children: ReactNode }, { readonly message?: string }> {
  override state: { readonly message?: string } = {};

  static getDerivedStateFromError(thrown: unknown) {
    return { message: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override render() {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    const { t } = currentLocale();
    return (
      <main className="last-resort">
        <section className="state-card is-error" role="alert">
          <h1>{t('error.internal.title')}</h1>
          <p>{t('error.internal.happened', { message })}</p>
          <p>{t('error.internal.todo')}</p>
          <div className="button-row">
            <Button look="primary" onClick={() => location.reload()}>
              {t('wayOut.reload')}
            </Button>
          </div>
        </section>
      </main>
    );
  }
}
