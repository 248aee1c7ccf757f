import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import "./notice.css";

const icons = { error: CircleAlert, warning: TriangleAlert, info: Info, success: CircleCheck };

export interface NoticeProps {
  look: keyof typeof icons;
  children: ReactNode;
  /** A button at its end. */
  action?: ReactNode;
}

/** Something to know, in its place. */
export function Notice({ look, children, action }: NoticeProps) {
  const Icon = icons[look];
  return (
    <div className={`notice notice-${look}`}>
      <Icon aria-hidden className="notice-icon" />
      <div className="notice-text">{children}</div>
      {action}
    </div>
  );
}
