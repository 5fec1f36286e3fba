/** Moments as people read them: UTC, to the minute. */

/** `2026-11-27 05:58Z` of an ISO moment; what is no moment stays as it is. */
export function minuteText(iso: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(iso);
  return found === null ? iso : `${found[1]} ${found[2]}Z`;
}

/** A number to `digits` significant ones, without an exponent. */
export function figure(value: number, digits = 3): string {
  return Number(value.toPrecision(digits)).toLocaleString('en-GB', { maximumFractionDigits: 6 });
}
