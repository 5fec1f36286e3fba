/** What stands still: Earth, glow, stars, and the ring of the geostationary belt. */
import {
  BufferAttribute, BufferGeometry, CanvasTexture, FrontSide, LineLoop, LineSegments, Mesh, NoColorSpace,
  LinearFilter, type Object3D, Points, SphereGeometry, Vector3,
} from 'three';
import { BELT_LOOK, beltRing, beltTicks, stars } from '../heavens.ts';
import { paintEarth } from '../picture.ts';
import {
  CLOUD_FRAGMENT, EARTH_FRAGMENT, EARTH_VERTEX, GLOW_FRAGMENT, GLOW_VERTEX, LINE_FRAGMENT,
  LINE_VERTEX, STAR_VERTEX,
} from './shaders.ts';
import { type FrameUniforms, material, tint } from './shared.ts';

export interface Planet {
  readonly objects: readonly Object3D[];
  /** Fit the glow to the eye; call before each frame that moved it. */
  readonly face: (eye: Vector3) => void;
}

/** `fine` spends what a graphics card has to give: more corners and a larger picture of the Earth. */
export function makePlanet(frame: FrameUniforms, fine: boolean): Planet {
  const glow = makeGlow(frame);
  const objects = [makeStars(frame), glow.mesh, makeEarth(frame, fine), ...makeBelt(frame)];
  objects.forEach((object, order) => {
    object.renderOrder = order;
    object.frustumCulled = false;
    object.matrixAutoUpdate = false;
  });
  return { objects, face: glow.face };
}

function makeEarth(frame: FrameUniforms, fine: boolean): Mesh {
  const sphere = fine ? new SphereGeometry(1, 96, 64) : new SphereGeometry(1, 48, 32);
  // three's spheres stand on y; ours on z, with longitude 0 on x.
  sphere.rotateX(Math.PI / 2);
  const canvas = document.createElement('canvas');
  paintEarth(canvas, fine ? 4096 : 1024);
  const picture = new CanvasTexture(canvas);
  picture.colorSpace = NoColorSpace;
  if (fine) picture.anisotropy = 4;
  else {
    // A small picture needs no smaller copies of itself, and choosing among them costs every pixel.
    picture.minFilter = LinearFilter;
    picture.generateMipmaps = false;
  }
  const uniforms = { ...frame, picture: { value: picture } };
  const shader = material(EARTH_VERTEX, EARTH_FRAGMENT, uniforms);
  // Without depth the far side would be drawn over the near one.
  shader.side = FrontSide;
  return new Mesh(sphere, shader);
}

function makeGlow(frame: FrameUniforms): { mesh: Mesh; face: (eye: Vector3) => void } {
  const steps = 96;
  const positions = new Float32Array((steps + 1) * 6);
  const heights = new Float32Array((steps + 1) * 2);
  const index: number[] = [];
  for (let k = 0; k <= steps; k += 1) {
    const angle = (k / steps) * 2 * Math.PI;
    positions.set([Math.cos(angle), Math.sin(angle), 0, Math.cos(angle), Math.sin(angle), 0], k * 6);
    heights.set([-0.06, 1], k * 2);
    if (k < steps) index.push(2 * k, 2 * k + 1, 2 * k + 2, 2 * k + 1, 2 * k + 3, 2 * k + 2);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setAttribute('height', new BufferAttribute(heights, 1));
  geometry.setIndex(index);
  const right = { value: new Vector3() };
  const up = { value: new Vector3() };
  const limb = { value: 1 };
  const shader = material(GLOW_VERTEX, GLOW_FRAGMENT, { ...frame, right, up, limb }, { additive: true });
  const mesh = new Mesh(geometry, shader);
  const pole = new Vector3(0, 0, 1);
  const face = (eye: Vector3): void => {
    const distance = eye.length();
    right.value.crossVectors(pole, eye).normalize();
    up.value.crossVectors(eye, right.value).normalize();
    // Seen from nearby the limb lies before the centre: its circle looks this large at the centre.
    limb.value = distance / Math.sqrt(Math.max(distance * distance - 1, 1e-3));
  };
  return { mesh, face };
}

function makeBelt(frame: FrameUniforms): Object3D[] {
  const uniforms = { ...frame, tint: tint(...BELT_LOOK) };
  const shader = material(LINE_VERTEX, LINE_FRAGMENT, uniforms, { transparent: true });
  return [new LineLoop(lineOf(beltRing()), shader), new LineSegments(lineOf(beltTicks()), shader)];
}

function lineOf(points: Float32Array): BufferGeometry {
  return new BufferGeometry().setAttribute('position', new BufferAttribute(points, 3));
}

function makeStars(frame: FrameUniforms): Points {
  const { positions, lights } = stars();
  const geometry = lineOf(positions);
  geometry.setAttribute('light', new BufferAttribute(lights, 1));
  return new Points(geometry, material(STAR_VERTEX, CLOUD_FRAGMENT, { ...frame }));
}
