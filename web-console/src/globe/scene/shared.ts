/** What changes with every frame and every material reads. */
import {
  AdditiveBlending, DoubleSide, GLSL3, Matrix4, RawShaderMaterial, Vector2, Vector3, Vector4, type IUniform,
} from 'three';

export interface FrameUniforms {
  readonly viewProjection: IUniform<Matrix4>;
  /** The eye in TEME, Earth radii. */
  readonly eye: IUniform<Vector3>;
  /** Cosine and sine of the Earth's angle. */
  readonly turn: IUniform<Vector2>;
  readonly sun: IUniform<Vector3>;
  /** Seconds from the moment of the states to the moment shown. */
  readonly dt: IUniform<number>;
  /** Device pixels for each CSS pixel. */
  readonly ratio: IUniform<number>;
  /** Width and height of the canvas in CSS pixels. */
  readonly window: IUniform<Vector2>;
}

export function frameUniforms(): FrameUniforms {
  return {
    viewProjection: { value: new Matrix4() },
    eye: { value: new Vector3(5, 0, 0) },
    turn: { value: new Vector2(1, 0) },
    sun: { value: new Vector3(1, 0, 0) },
    dt: { value: 0 },
    ratio: { value: 1 },
    window: { value: new Vector2(1, 1) },
  };
}

/** Standing lines do not turn with the Earth. */
export const STILL: IUniform<Vector2> = { value: new Vector2(1, 0) };

export function tint(hex: string, alpha: number): IUniform<Vector4> {
  const [r = 1, g = 1, b = 1] = rgb(hex);
  return { value: new Vector4(r, g, b, alpha) };
}

/** Red, green and blue from 0 to 1. */
export function rgb(hex: string): number[] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
}

/** A material without depth: what is hidden is left out by the shaders, and order is drawing order. */
export function material(
  vertexShader: string,
  fragmentShader: string,
  uniforms: Record<string, IUniform>,
  see: { readonly transparent?: boolean; readonly additive?: boolean } = {},
): RawShaderMaterial {
  const made = new RawShaderMaterial({
    vertexShader,
    fragmentShader,
    uniforms,
    depthTest: false,
    depthWrite: false,
    transparent: see.transparent === true || see.additive === true,
    glslVersion: GLSL3,
    side: DoubleSide,
  });
  if (see.additive === true) made.blending = AdditiveBlending;
  return made;
}
