import Info from 'lucide-react/icons/info';
import Link from 'lucide-react/icons/link';
import Moon from 'lucide-react/icons/moon';
import Sun from 'lucide-react/icons/sun';
import { htmlLanguage, type Language, setLanguage } from '../../i18n/i18n.ts';
import { useLocale, useT } from '../../i18n/react.tsx';
import { useDuelStore } from '../../state/react.ts';
import { Button } from '../../ui/Button.tsx';
import { chooseTheme, useTheme } from '../../ui/theme.ts';
import { currentLink } from '../link/keepLink.ts';
import { useToasts } from './toasts.ts';

export function CopyLinkButton() {
  const t = useT();
  const store = useDuelStore();
  const say = useToasts((state) => state.say);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(currentLink(store));
      say(t('bar.linkCopied'));
    } catch {
      say(t('bar.linkByHand'));
    }
  };
  return (
    <Button look="quiet" icon aria-label={t('bar.copyLink')} onClick={copy}>
      <Link className="icon" />
    </Button>
  );
}

/** Each language is offered in its own words. */
const others: Readonly<Record<Language, { readonly language: Language; readonly word: string }>> = {
  en: { language: 'zh', word: '中文' },
  zh: { language: 'en', word: 'English' },
};

export function LanguageButton() {
  const { language: shown } = useLocale();
  const t = useT();
  const store = useDuelStore();
  const { language, word } = others[shown];
  const choose = () => {
    setLanguage(language).catch((thrown) => {
      store.getState().notify({ code: 'internal', detail: { message: String(thrown) } });
    });
  };
  return (
    <Button look="quiet" className="language" lang={htmlLanguage[language]} title={t('bar.language')} onClick={choose}>
      {word}
    </Button>
  );
}

export function ThemeButton({ withWord = false }: { readonly withWord?: boolean }) {
  const t = useT();
  const dark = useTheme() === 'dark';
  const word = t(dark ? 'bar.theme.toLight' : 'bar.theme.toDark');
  const icon = dark ? <Sun className="icon" /> : <Moon className="icon" />;
  const toggle = () => chooseTheme(dark ? 'light' : 'dark');
  return withWord ? (
    <Button look="quiet" onClick={toggle}>
      {icon}
      {word}
    </Button>
  ) : (
    <Button look="quiet" icon aria-label={word} onClick={toggle}>
      {icon}
    </Button>
  );
}

export function AboutButton({
  withWord = false,
  onOpen,
}: {
  readonly withWord?: boolean;
  readonly onOpen: () => void;
}) {
  const t = useT();
  return withWord ? (
    <Button look="quiet" onClick={onOpen}>
      <Info className="icon" />
      {t('bar.about')}
    </Button>
  ) : (
    <Button look="quiet" icon aria-label={t('bar.about')} onClick={onOpen}>
      <Info className="icon" />
    </Button>
  );
}
