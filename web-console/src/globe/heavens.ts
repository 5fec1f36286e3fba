/** What stands still around the Earth: stars, and the ring of the geostationary belt. Earth radii. */

export const GEO_RADIUS = 42164.17 / 6378.135;
/** Colour and strength of the ring. */
export const BELT_LOOK = ['#6fa8dc', 0.34] as const;
/** Colour of the sky between the stars. */
export const SKY = '#04070d';
/** Stars at least this bright are two pixels wide. */
export const BRIGHT_STAR = 0.8;

/** Points in threes, and how bright each is; the same stars with every call (they are made up). */
export function stars(): { readonly positions: Float32Array; readonly lights: Float32Array } {
  const count = 420;
  const positions = new Float32Array(count * 3);
  const lights = new Float32Array(count);
  let seed = 20261127;
  const chance = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 4294967296;
  };
  for (let k = 0; k < count; k += 1) {
    const z = 2 * chance() - 1;
    const angle = 2 * Math.PI * chance();
    const flat = Math.sqrt(1 - z * z);
    positions.set([60 * flat * Math.cos(angle), 60 * flat * Math.sin(angle), 60 * z], k * 3);
    lights[k] = 0.25 + 0.75 * chance() ** 4;
  }
  return { positions, lights };
}

/** The ring as points in threes; it closes on its first. It turns with the Earth. */
export function beltRing(): Float32Array {
  const steps = 240;
  const ring = new Float32Array(steps * 3);
  for (let k = 0; k < steps; k += 1) {
    const angle = (k / steps) * 2 * Math.PI;
    ring.set([GEO_RADIUS * Math.cos(angle), GEO_RADIUS * Math.sin(angle), 0], k * 3);
  }
  return ring;
}

/** A tick every ten degrees of longitude, a longer one every thirty: pairs of points. */
export function beltTicks(): Float32Array {
  const ticks = new Float32Array(36 * 6);
  for (let k = 0; k < 36; k += 1) {
    const angle = (k / 36) * 2 * Math.PI;
    const outer = GEO_RADIUS * (k % 3 === 0 ? 1.022 : 1.01);
    ticks.set([GEO_RADIUS * Math.cos(angle), GEO_RADIUS * Math.sin(angle), 0], k * 6);
    ticks.set([outer * Math.cos(angle), outer * Math.sin(angle), 0], k * 6 + 3);
  }
  return ticks;
}
