/** Which way the globe is drawn: by a graphics card where there is one, plainly where there is none. */
import type { Painted, Painter, Way } from './painter.ts';
import { canPaintPlainly, plainPainter } from './plain/painter.ts';

const CONTEXT: WebGLContextAttributes = { alpha: false, depth: false, stencil: false, powerPreference: 'high-performance' };
/** What browsers call WebGL that a processor computes. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render|software/i;

/** The way that the address asks for (`?drawing=plain`, `?drawing=webgl`); null leaves it to the machine. */
export function wishOf(search: string): Way | null {
  const wish = new URLSearchParams(search).get('drawing');
  return wish === 'plain' || wish === 'webgl' ? wish : null;
}

/** Whether a renderer of this name is a processor that does the work of a graphics card. */
export function isSoftware(renderer: string): boolean {
  return SOFTWARE.test(renderer);
}

/**
 * Whether there is a graphics card for WebGL 2.
 *
 * A canvas that once had a context keeps it, so another one is asked. Browsers no longer refuse a
 * context for being slow (`failIfMajorPerformanceCaveat`), so it is asked for its name.
 */
function hasCard(): boolean {
  const probe = document.createElement('canvas').getContext('webgl2', CONTEXT);
  if (probe === null) return false;
  const unmasked = probe.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? probe.RENDERER;
  const name = String(probe.getParameter(unmasked));
  probe.getExtension('WEBGL_lose_context')?.loseContext();
  return !isSoftware(name);
}

/** The painter of a canvas, drawing as `wish` says; null where the browser cannot draw it. */
export async function painterOf(
  canvas: HTMLCanvasElement,
  wish: Way | null,
  painted: Painted,
): Promise<Painter | null> {
  const card = wish !== 'plain' && hasCard();
  // WebGL by a processor costs several times what plain drawing does, so it comes last.
  if (!card && wish !== 'webgl' && canPaintPlainly(canvas)) return plainPainter(canvas, painted);
  // In software: no smoothing of edges, and one copy of the canvas less for each frame.
  const context = canvas.getContext('webgl2', { ...CONTEXT, antialias: card, desynchronized: !card });
  if (context === null) return canPaintPlainly(canvas) ? plainPainter(canvas, painted) : null;
  const { webglPainter } = await import('./scene/painter.ts');
  return webglPainter(canvas, context, card, painted);
}
