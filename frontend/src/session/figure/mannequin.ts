// The figure's looks: parts of data/mannequin.toml put on joints, and seen by a camera. Pure.

import { add, dot, mix, ORIGIN, type Joints, type Vec } from "./skeleton.ts";

/** An ellipsoid on a joint, moved and sized along the axes that `in` names. */
interface Egg {
  at: string;
  to: string;
  share: number;
  in: string;
  by: Vec;
  half: Vec;
}

export interface Part {
  tone: string;
  /** "R" or "L" on hands and shins, else empty. */
  mark: string;
  hulls: readonly (readonly Egg[])[];
}

/** What an ellipsoid is in a picture: centre, depth, matrix and mean radius of an ellipse. */
interface Ellipse {
  x: number;
  y: number;
  z: number;
  xx: number;
  xy: number;
  yy: number;
  r: number;
}

/** A part in a picture. */
export type Flat = readonly (readonly Ellipse[])[];

interface Camera {
  right: Vec;
  down: Vec;
  near: Vec;
}

/** How metres become units of the picture. */
interface Place {
  scale: number;
  x0: number;
  y0: number;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Return a camera from its azimuth (from the front to the figure's right) and its elevation. */
export function camera(azimuth: number, elevation: number): Camera {
  const [a, e] = [radians(azimuth), radians(elevation)];
  const [sa, ca, se, ce] = [Math.sin(a), Math.cos(a), Math.sin(e), Math.cos(e)];
  return { right: [-ca, sa, 0], down: [sa * se, ca * se, -ce], near: [sa * ce, ca * ce, se] };
}

/** Return the ellipses that a part's ellipsoids are in a picture, as hulls. */
export function flatten({ hulls }: Part, found: Joints, cam: Camera, flat = 1): Flat {
  const lower = ([x, y, z]: Vec): Vec => [x, y, z * flat]; // flat 0: as the shadow on the ground
  const ellipse = (egg: Egg): Ellipse => {
    const along = found.axes[egg.in]!;
    const on = mix(found.points[egg.at]!, found.points[egg.to]!, egg.share);
    const centre = lower(egg.by.reduce((p, v, i) => add(p, along[i]!, v), on));
    let [xx, xy, yy] = ORIGIN;
    along.forEach((axis, i) => {
      const half = lower(axis);
      const x = dot(half, cam.right) * egg.half[i]!;
      const y = dot(half, cam.down) * egg.half[i]!;
      xx += x * x;
      xy += x * y;
      yy += y * y;
    });
    const [x, y, z] = [dot(centre, cam.right), dot(centre, cam.down), dot(centre, cam.near)];
    return { x, y, z, xx, xy, yy, r: Math.sqrt((xx + yy) / 2) };
  };
  return hulls.map((hull) => hull.map(ellipse));
}

const COMPASS = Array.from({ length: 36 }, (_, i) => camera(10 * i, 0).right);

/** Return the outline of hulls as a path: of each the farthest point in 36 directions. */
export function outline(hulls: Flat, { scale, x0, y0 }: Place, size = 1, shift = 0): string {
  let path = "";
  for (const hull of hulls) {
    COMPASS.forEach(([dx, dy], i) => {
      let [best, px, py] = [-Infinity, 0, 0];
      for (const { x, y, xx, xy, yy, r } of hull) {
        const k = size / (Math.sqrt(xx * dx * dx + 2 * xy * dx * dy + yy * dy * dy) || 1);
        const ex = x - 0.5 * shift * r + k * (xx * dx + xy * dy);
        const ey = y - shift * r + k * (xy * dx + yy * dy);
        const far = ex * dx + ey * dy;
        if (far > best) [best, px, py] = [far, ex, ey];
      }
      path += `${i ? "L" : "M"}${Math.round(x0 + scale * px)} ${Math.round(y0 + scale * py)}`;
    });
    path += "Z";
  }
  return path;
}

type Sample = readonly [x: number, y: number, z: number, r: number];

/** Return points along a part: its ellipses, and three between each and the next. */
const samples = (hulls: Flat): Sample[] =>
  hulls.flatMap((hull) =>
    hull.flatMap((a, i) => {
      const b = hull[i + 1];
      if (!b) return [[a.x, a.y, a.z, a.r] as const];
      return [0, 0.25, 0.5, 0.75].map((t): Sample => [
        a.x + t * (b.x - a.x),
        a.y + t * (b.y - a.y),
        a.z + t * (b.z - a.z),
        a.r + t * (b.r - a.r),
      ]);
    }),
  );

/** Return how much nearer one part is than another, where one covers the other; 0 if none does. */
function nearer(a: readonly Sample[], b: readonly Sample[]): number {
  let [sum, n] = [0, 0];
  for (const [x, y, z, r] of a)
    for (const p of b)
      if ((x - p[0]) ** 2 + (y - p[1]) ** 2 < 0.64 * (r + p[3]) ** 2) {
        sum += z - p[2];
        n += 1;
      }
  return n && sum / n;
}

/** Return the order in which flattened parts are drawn, from far to near, as indices. */
export function drawingOrder(flat: readonly Flat[]): number[] {
  const points = flat.map(samples);
  const depth = points.map((part) => part.reduce((sum, p) => sum + p[2], 0) / part.length);
  const left = [...flat.keys()].sort((a, b) => depth[a]! - depth[b]!);
  const over = points.map((a, i) => points.map((b, k) => (k < i ? nearer(a, b) : 0)));
  over.forEach((row, i) => {
    for (let k = i + 1; k < row.length; k += 1) row[k] = -over[k]![i]!;
  });
  const order: number[] = [];
  while (left.length) {
    // The first that covers none of the others left; in a ring of parts the farthest.
    const free = left.findIndex((i) => left.every((k) => over[i]![k]! <= 0));
    order.push(...left.splice(Math.max(0, free), 1));
  }
  return order;
}
