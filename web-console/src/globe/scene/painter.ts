/** Draws the globe by WebGL: three.js with shaders of our own. */
import { Camera, Scene, Vector3, WebGLRenderer } from 'three';
import type { States } from '../feed.ts';
import { SKY } from '../heavens.ts';
import type { Frame, Painted, Painter, Pair } from '../painter.ts';
import { onScreen } from '../pick.ts';
import { placeOf } from '../places.ts';
import { makeCloud } from './cloud.ts';
import { makePaths } from './paths.ts';
import { makePlanet } from './planet.ts';
import { frameUniforms } from './shared.ts';
import { makeSigns } from './signs.ts';

/** Draw into a canvas by its context; `hardware` says whether a graphics card does the work. */
export function webglPainter(
  canvas: HTMLCanvasElement,
  context: WebGL2RenderingContext,
  hardware: boolean,
  painted: Painted,
): Painter {
  const renderer = new WebGLRenderer({ canvas, context });
  renderer.setClearColor(SKY, 1);
  // Asking each program for its errors waits for its translation, and the tests have seen them all.
  renderer.debug.checkShaderErrors = false;
  const ratio = hardware ? Math.min(devicePixelRatio, 2) : 1;
  const uniforms = frameUniforms();
  uniforms.ratio.value = ratio;
  const planet = makePlanet(uniforms, hardware);
  const cloud = makeCloud(uniforms);
  const paths = makePaths(uniforms);
  const signs = makeSigns(uniforms, ratio);
  const scene = new Scene();
  scene.matrixWorldAutoUpdate = false;
  scene.add(...planet.objects, paths.group, cloud.points, cloud.marks, signs.mesh);
  // The shaders have a matrix of their own; three asks for a camera, and never for where it is.
  const camera = new Camera();
  const eye = new Vector3();
  const place: [number, number, number] = [0, 0, 0];
  let states: States | null = null;
  let links: readonly Pair[] = [];
  let width = 1;
  let height = 1;

  const drawLinks = (dt: number): void => {
    const ends: number[] = [];
    for (const [one, other] of links) {
      if (!placeOf(states, one, dt, place)) continue;
      const first = [...place];
      if (placeOf(states, other, dt, place)) ends.push(...first, ...place);
    }
    paths.setLinks(Float32Array.from(ends));
  };

  return {
    way: 'webgl',
    shortestMs: hardware ? 1000 / 120 : 1000 / 30,
    setObjects: cloud.setObjects,
    setStates: (next) => {
      states = next;
      cloud.setStates(next);
    },
    setMarks: cloud.setMarks,
    setBright: cloud.setBright,
    setOrbits: paths.setOrbits,
    setLinks: (pairs) => {
      links = pairs;
    },
    setSigns: signs.set,
    resize: (nextWidth, nextHeight) => {
      width = nextWidth;
      height = nextHeight;
      uniforms.window.value.set(width, height);
      renderer.setPixelRatio(ratio);
      renderer.setSize(width, height, false);
    },
    ready: () => true,
    paint: ({ lens, angle, sun, dt }: Frame) => {
      uniforms.viewProjection.value.fromArray(lens.matrix);
      uniforms.eye.value.copy(eye.set(...(lens.eye as [number, number, number])));
      uniforms.turn.value.set(Math.cos(angle), Math.sin(angle));
      uniforms.sun.value.set(...(sun as [number, number, number]));
      uniforms.dt.value = dt;
      planet.face(eye);
      drawLinks(dt);
      const view = { matrix: lens.matrix, eye: lens.eye, width, height };
      signs.place((row) => (placeOf(states, row, dt, place) ? onScreen(view, place[0], place[1], place[2]) : null));
      renderer.render(scene, camera);
      painted(states?.placed ?? 0);
    },
    close: () => {
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}
