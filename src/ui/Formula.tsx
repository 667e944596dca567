import { useEffect, useRef } from 'react';

/** A formula set by KaTeX, which loads at the first one. Until then, and if it cannot load, its TeX is shown. */
export function Formula({ tex }: { readonly tex: string }) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let gone = false;
    const set = async () => {
      const [{ default: katex }] = await Promise.all([import('katex'), import('katex/dist/katex.min.css')]);
      // `render` builds elements; a string of HTML would carry inline styles, which the security policy refuses.
      if (!gone && element.current) katex.render(tex, element.current, { displayMode: false, throwOnError: false });
    };
    set().catch(() => {});
    return () => {
      gone = true;
    };
  }, [tex]);
  return (
    <span ref={element} className="formula">
      {tex}
    </span>
  );
}
