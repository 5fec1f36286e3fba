/** Where the Earth and the Sun stand at a moment (Unix milliseconds), well enough for a picture. */

const DAY_MS = 86_400_000;
const J2000_MS = Date.UTC(2000, 0, 1, 12);
const TURN = 2 * Math.PI;
const RAD = Math.PI / 180;

/**
 * Angle of the Earth in TEME, radians from 0 to 2π.
 *
 * Greenwich mean sidereal time of 1982 with UTC for UT1: within 0.004°.
 * Source: Vallado (2013), equation 3-47.
 */
export function earthAngle(ms: number): number {
  const days = (ms - J2000_MS) / DAY_MS;
  const centuries = days / 36525;
  const degrees = 280.46061837 + 360.98564736629 * days + 0.000387933 * centuries * centuries;
  return (((degrees * RAD) % TURN) + TURN) % TURN;
}

/**
 * Direction from the Earth to the Sun, a unit vector; within 0.01° from 1950 to 2050.
 *
 * Source: Astronomical Almanac, low-precision formula (page C5).
 */
export function sunDirection(ms: number): [number, number, number] {
  const days = (ms - J2000_MS) / DAY_MS;
  const mean = (357.528 + 0.9856003 * days) * RAD;
  const longitude = (280.46 + 0.9856474 * days + 1.915 * Math.sin(mean) + 0.02 * Math.sin(2 * mean)) * RAD;
  const tilt = (23.439 - 0.0000004 * days) * RAD;
  return [
    Math.cos(longitude),
    Math.cos(tilt) * Math.sin(longitude),
    Math.sin(tilt) * Math.sin(longitude),
  ];
}

/** Latitude and longitude in degrees below a position in TEME, on a round Earth, and height in km. */
export function below(
  position: readonly [number, number, number],
  ms: number,
  earthKm: number,
): { latitude: number; longitude: number; heightKm: number } {
  const [x, y, z] = position;
  const r = Math.hypot(x, y, z);
  const longitude = ((Math.atan2(y, x) - earthAngle(ms)) / RAD) % 360;
  return {
    latitude: Math.asin(z / r) / RAD,
    longitude: ((longitude + 540) % 360) - 180,
    heightKm: r - earthKm,
  };
}
