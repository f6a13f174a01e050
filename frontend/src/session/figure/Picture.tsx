// One picture of a scene. Preact makes its elements once; a frame only sets their attributes.

import type { SVGAttributes } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { camera, drawingOrder, flatten, outline, type Flat } from "./mannequin.ts";
import type { Scene } from "./scene.ts";
import { dot, joints, type Pose } from "./skeleton.ts";

/** Degrees by which a picture is turned and tilted from where its pose reads best. */
export type Turn = readonly [turn: number, tilt: number];
export type Draw = (pose: Pose, turned?: Turn) => void;

/** A pose's camera: two angles in degrees, what it looks at, and metres from top to bottom. */
type View = readonly [number, number, number, number, number, number];

// In tenths of a unit, so that outlines are written in whole numbers.
const [WIDE, HIGH] = [4800, 3000];

/** Set an attribute only when it differs: what is set is painted again, a whole bed for instance. */
function set(el: Element, name: string, value: string): void {
  if (el.getAttribute(name) !== value) el.setAttribute(name, value);
}

/** Return what draws a pose in the elements that `Picture` makes: ground, shadow, parts. */
function drawing(svg: SVGSVGElement, { body, parts, ground }: Scene): Draw {
  const elements = [...svg.children];
  const base = elements.slice(0, ground.length);
  const shadow = elements[ground.length]!;
  const slots = elements.slice(ground.length + 1).map((slot) => {
    const [whole, lit, text] = slot.children as unknown as [Element, Element, Element];
    return { slot, whole, lit, text, letter: text.firstChild as Text };
  });

  return function draw(pose, [turn, tilt] = [0, 0]) {
    const [azimuth, elevation, x, y, z, height] = pose.camera as View;
    const cam = camera(azimuth + turn, Math.min(88, Math.max(3, elevation + tilt)));
    const scale = HIGH / height;
    const x0 = WIDE / 2 - scale * dot([x, y, z], cam.right);
    const y0 = HIGH / 2 - scale * dot([x, y, z], cam.down);
    const found = joints(pose, body);
    const trace = (path: Element, hulls: Flat, size?: number, shift?: number) =>
      set(path, "d", outline(hulls, { scale, x0, y0 }, size, shift));
    base.forEach((path, i) => trace(path, flatten(ground[i]!, found, cam)));
    trace(
      shadow,
      parts.flatMap((part) => flatten(part, found, cam, 0)),
    );
    const flat = parts.map((part) => flatten(part, found, cam));
    drawingOrder(flat).forEach((i, k) => {
      const { tone, mark } = parts[i]!;
      const { slot, whole, lit, text, letter } = slots[k]!;
      set(slot, "data-tone", tone);
      trace(whole, flat[i]!);
      trace(lit, flat[i]!, 0.74, 0.18);
      if (letter.data !== mark) letter.data = mark;
      if (!mark) return;
      const [p, q] = [flat[i]![0]![1]!, flat[i]![0]!.at(-1)!];
      set(text, "x", `${Math.round(x0 + (scale * (p.x + q.x)) / 2)}`);
      set(text, "y", `${Math.round(y0 + (scale * (p.y + q.y)) / 2 + 40)}`);
    });
  };
}

interface PictureProps extends SVGAttributes<SVGSVGElement> {
  scene: Scene;
  /** Takes what draws in this picture, before it is painted for the first time. */
  onReady: (draw: Draw) => void;
}

export function Picture({ scene, onReady, ...attributes }: PictureProps) {
  const svg = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    onReady(drawing(svg.current!, scene));
  }, [scene]);
  return (
    <svg viewBox={`0 0 ${WIDE} ${HIGH}`} {...attributes} ref={svg}>
      {scene.ground.map(({ tone }) => (
        <path data-tone={tone} />
      ))}
      <path data-tone="shadow" />
      {scene.parts.map(() => (
        <g>
          <path />
          <path />
          <text> </text>
        </g>
      ))}
    </svg>
  );
}
