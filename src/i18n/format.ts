/** Figures as the page writes them: three significant digits, thousands grouped, learning rates as 2e-4. */
export interface Format {
  /** A whole number: 1,240. */
  readonly count: (n: number) => string;
  /** A measured figure, three digits: 0.952, 1.42, 915. NaN and infinities are named. */
  readonly figure: (x: number) => string;
  /** A figure of fixed decimals, for columns that must not jitter: 0.30. */
  readonly fixed: (x: number, decimals: number) => string;
  /** A setting's value: 2e-4, 0.5, 64. Digits only as far as they say something; never grouped, so it can be typed. */
  readonly setting: (x: number) => string;
  /** A large whole number in short: 1.06 M, 827 k. */
  readonly short: (n: number) => string;
  /** 38.4 MB (millions of bytes). */
  readonly bytes: (n: number) => string;
  /** 1 min 27 s. */
  readonly duration: (seconds: number) => string;
  readonly percent: (share: number) => string;
}

/** The same in every language: plain digits, an exponent where a decimal would be long. */
export function settingText(x: number): string {
  if (x === 0) return '0';
  const size = Math.abs(x);
  if (size < 0.01) {
    const [mantissa = '', exponent = ''] = x.toExponential(3).split('e');
    return `${Number(mantissa)}e${Number(exponent)}`;
  }
  return String(Number(x.toPrecision(6)));
}

interface DurationWords {
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const durationWords: Readonly<Record<string, DurationWords>> = {
  en: { hour: ' h', minute: ' min', second: ' s' },
  zh: { hour: ' 小时', minute: ' 分', second: ' 秒' },
};

const notFinite = (x: number) => (Number.isNaN(x) ? 'NaN' : x > 0 ? '∞' : '−∞');

export function formatFor(language: string): Format {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const three = new Intl.NumberFormat(language, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
  const upToThree = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const percents = new Intl.NumberFormat(language, { style: 'percent', maximumSignificantDigits: 2 });
  const decimals = new Map<number, Intl.NumberFormat>();
  const words = durationWords[language] ?? (durationWords.en as DurationWords);

  const fixed = (x: number, digits: number) => {
    let format = decimals.get(digits);
    if (!format) {
      format = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
      decimals.set(digits, format);
    }
    return Number.isFinite(x) ? format.format(x) : notFinite(x);
  };

  return {
    count: (n) => (Number.isFinite(n) ? whole.format(n) : notFinite(n)),
    figure: (x) => {
      if (!Number.isFinite(x)) return notFinite(x);
      const size = Math.abs(x);
      if (size >= 1000) return whole.format(x);
      if (size !== 0 && size < 0.001) return settingText(x);
      return size < 1 ? fixed(x, 3) : three.format(x);
    },
    fixed,
    setting: settingText,
    short: (n) => {
      if (n >= 999_500) return `${three.format(n / 1e6)} M`;
      return n >= 10_000 ? `${whole.format(n / 1000)} k` : whole.format(n);
    },
    bytes: (n) => {
      if (n >= 1e9) return `${three.format(n / 1e9)} GB`;
      if (n >= 1e6) return `${three.format(n / 1e6)} MB`;
      return `${upToThree.format(n / 1e3)} kB`;
    },
    duration: (seconds) => {
      const s = Math.floor(seconds);
      const [h, m] = [Math.floor(s / 3600), Math.floor((s % 3600) / 60)];
      if (h > 0) return `${h}${words.hour} ${m}${words.minute}`;
      return m > 0 ? `${m}${words.minute} ${s % 60}${words.second}` : `${s}${words.second}`;
    },
    percent: (share) => percents.format(share),
  };
}
