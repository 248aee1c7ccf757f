import "./progress.css";

/** How far something is: a share from 0 to 1, or undefined when nobody knows. */
export function Progress({ label, share }: { label: string; share: number | undefined }) {
  return (
    <progress
      className="progress"
      aria-label={label}
      {...(share !== undefined && { value: share })}
      max={1}
    />
  );
}
