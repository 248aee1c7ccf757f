import "./sparkline.css";

export interface SparklineProps {
  /** What it shows, for screen readers. */
  label: string;
  values: readonly number[];
}

const width = 96;
const height = 28;
const margin = 3;

/** A course of numbers, without axes. */
export function Sparkline({ label, values }: SparklineProps) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const range = high - low || 1;
  const points = values.map((value, index) => {
    const x = margin + (index / Math.max(values.length - 1, 1)) * (width - 2 * margin);
    const y = height - margin - ((value - low) / range) * (height - 2 * margin);
    return [x, high === low ? height / 2 : y] as const;
  });
  const last = points.at(-1);
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <polyline points={points.map((point) => point.join(",")).join(" ")} />
      {last !== undefined && <circle cx={last[0]} cy={last[1]} r="2.5" />}
    </svg>
  );
}
