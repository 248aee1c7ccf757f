import type { ComponentProps, MouseEvent } from "react";
import { navigate } from "./location.ts";

/** A link within the application: opened by the browser in a new tab when that is wanted. */
export function Link({ href, onClick, ...others }: ComponentProps<"a"> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isPlain =
      event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (event.defaultPrevented || !isPlain) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={follow} {...others} />;
}
