/**
 * Stands in for the package `react-style-singleton`, which writes `<style>` elements: a page whose policy is
 * `style-src 'self'` refuses those, and takes style sheets that a script constructs.
 */
import { useEffect } from "react";

interface UsedSheet {
  readonly sheet: CSSStyleSheet;
  users: number;
}

export function stylesheetSingleton(): { add(css: string): void; remove(): void } {
  let used: UsedSheet | undefined;
  return {
    add(css) {
      if (used === undefined) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets.push(sheet);
        used = { sheet, users: 0 };
      }
      used.users += 1;
    },
    remove() {
      if (used === undefined) return;
      used.users -= 1;
      if (used.users > 0) return;
      const { sheet } = used;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      used = undefined;
    },
  };
}

export function styleHookSingleton(): (styles: string, isDynamic?: boolean) => void {
  const singleton = stylesheetSingleton();
  return (styles, isDynamic) => {
    // biome-ignore lint/correctness/useExhaustiveDependencies: Only dynamic styles are followed, as in the original.
    useEffect(() => {
      singleton.add(styles);
      return () => singleton.remove();
    }, [isDynamic ? styles : undefined]);
  };
}

export function styleSingleton(): (props: { styles: string; dynamic?: boolean }) => null {
  const useStyle = styleHookSingleton();
  return ({ styles, dynamic }) => {
    useStyle(styles, dynamic);
    return null;
  };
}
