export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The slope of the line that lies nearest to the points, by least squares. */
export function slopeOf(points) {
  const x = mean(points.map(([at]) => at));
  const y = mean(points.map(([, value]) => value));
  const rise = points.map(([at, value]) => (at - x) * (value - y));
  const run = points.map(([at]) => (at - x) ** 2);
  return mean(rise) / mean(run);
}
