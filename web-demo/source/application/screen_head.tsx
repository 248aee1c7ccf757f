import { type ReactNode, useEffect } from "react";

export interface ScreenHeadProps {
  title: string;
  /** A sentence below it. */
  description?: ReactNode;
  /** Buttons at its side. */
  actions?: ReactNode;
}

/** A screen's heading, which is the page's title, too. */
export function ScreenHead({ title, description, actions }: ScreenHeadProps) {
  useEffect(() => {
    document.title = `${title} · Fosterflow`;
  }, [title]);
  return (
    <header className="screen-head">
      <div>
        <h1>{title}</h1>
        {description !== undefined && <p>{description}</p>}
      </div>
      {actions !== undefined && <div className="row">{actions}</div>}
    </header>
  );
}
