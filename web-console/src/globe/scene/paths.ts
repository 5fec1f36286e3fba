/** Orbits of what is chosen, and links between objects that pass one another. */
import { BufferAttribute, BufferGeometry, Group, Line, LineSegments } from 'three';
import { EARTH_KM } from '../motion.ts';
import type { Orbit } from '../painter.ts';
import { LINE_FRAGMENT, LINE_VERTEX } from './shaders.ts';
import { type FrameUniforms, STILL, material, tint } from './shared.ts';

export interface Paths {
  readonly group: Group;
  /** Show these orbits (points in km, TEME), each in its colour. */
  readonly setOrbits: (orbits: readonly Orbit[]) => void;
  /** Show links between pairs of points (Earth radii), six numbers each. */
  readonly setLinks: (ends: Float32Array) => void;
}

export function makePaths(frame: FrameUniforms): Paths {
  const group = new Group();
  const orbits = new Group();
  const linkGeometry = new BufferGeometry();
  const still = { ...frame, turn: STILL };
  const links = new LineSegments(
    linkGeometry,
    material(LINE_VERTEX, LINE_FRAGMENT, { ...still, tint: tint('#ffffff', 0.9) }, { transparent: true }),
  );
  links.frustumCulled = false;
  links.renderOrder = 25;
  links.visible = false;
  group.add(orbits, links);
  return {
    group,
    setOrbits: (next) => {
      for (const old of [...orbits.children]) {
        orbits.remove(old);
        if (old instanceof Line) {
          old.geometry.dispose();
          old.material.dispose();
        }
      }
      for (const { path, colour } of next) {
        const geometry = new BufferGeometry();
        geometry.setAttribute('position', new BufferAttribute(path.map((km) => km / EARTH_KM), 3));
        const uniforms = { ...still, tint: tint(colour, 0.85) };
        const line = new Line(geometry, material(LINE_VERTEX, LINE_FRAGMENT, uniforms, { transparent: true }));
        line.frustumCulled = false;
        line.renderOrder = 15;
        orbits.add(line);
      }
    },
    setLinks: (ends) => {
      links.visible = ends.length > 0;
      if (ends.length === 0) return;
      linkGeometry.setAttribute('position', new BufferAttribute(ends, 3));
    },
  };
}
