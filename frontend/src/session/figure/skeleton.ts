// The figure's bones: from a pose, or from between poses, to its joints. Pure.
// World in metres, x to the figure's right, y forward (lying: towards the feet), z up.

export type Vec = readonly [number, number, number];
/** Three directions at right angles. */
export type Axes = readonly [Vec, Vec, Vec];
type Quaternion = readonly [w: number, x: number, y: number, z: number];
/** One of data/poses.toml: points, directions, quaternions of rotations, and its camera. */
export type Pose = Readonly<Record<string, readonly number[]>>;

/** Lengths of data/poses.toml. */
export interface Body {
  lower_trunk: number;
  upper_trunk: number;
  half_shoulders: number;
  shoulder_drop: number;
  half_hips: number;
  neck: number;
  head: number;
  upper_arm: number;
  forearm: number;
  hand: number;
  thigh: number;
  shin: number;
}

/** Where every joint is, by name, and the axes of trunk, head, hands and feet. */
export interface Joints {
  points: Record<string, Vec>;
  axes: Record<string, Axes>;
}

export const ORIGIN: Vec = [0, 0, 0];
export const add = (a: Vec, b: Vec, k = 1): Vec => [
  a[0] + k * b[0],
  a[1] + k * b[1],
  a[2] + k * b[2],
];
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const mix = (a: Vec, b: Vec, t: number): Vec => add(a, add(b, a, -1), t);
function unit(a: Vec): Vec {
  const length = Math.hypot(...a) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
}
/** Return what is left of `a` across `b`, as a unit vector. */
const across = (a: Vec, b: Vec): Vec => unit(add(a, b, -dot(a, b)));
/** Return two directions at right angles, and the third. */
const frame = (a: Vec, b: Vec): Axes => [
  a,
  b,
  [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]],
];

/** Return the axes (right, forward, up) of a unit quaternion. */
const axesOf = ([w, x, y, z]: Quaternion): Axes =>
  frame(
    [1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)],
    [2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)],
  );

/** Return elbow and wrist, or knee and ankle; a target out of reach is pulled in along its line. */
export function twoBones(
  from: Vec,
  target: Vec,
  pole: Vec,
  upper: number,
  lower: number,
): [middle: Vec, end: Vec] {
  const line = add(target, from, -1);
  const towards = unit(line);
  const least = Math.abs(upper - lower) + 1e-4;
  const reach = Math.min(Math.max(Math.hypot(...line), least), upper + lower - 1e-4);
  const a = (reach * reach + upper * upper - lower * lower) / (2 * reach);
  const aside = Math.sqrt(Math.max(0, upper * upper - a * a));
  const middle = add(add(from, towards, a), across(pole, towards), aside);
  return [middle, add(from, towards, reach)];
}

/** Return the slope of a curve between two steps: none at a turning point, not to overshoot. */
const slope = (d: number, e: number): number => (d * e > 0 ? (2 * d * e) / (d + e) : 0);

/**
 * Return the pose at `t` (0 to 1) of a way through poses: a smooth curve through every number, at
 * rest at both ends. Rotations are brought back to length 1, which is slerp's path at nearly
 * slerp's speed.
 */
export function between(way: readonly Pose[], t: number): Pose {
  const last = way.length - 1;
  if (last < 1) return way[0]!;
  const i = Math.min(Math.floor(t * last), last - 1);
  const u = t * last - i;
  const [from, to] = [way[i]!, way[i + 1]!];
  const [before, after] = [way[i - 1] ?? from, way[i + 2] ?? to];
  const pose: Record<string, number[]> = {};
  for (const name of Object.keys(from)) {
    const value = from[name]!.map((v, k) => {
      const step = to[name]![k]! - v;
      const start = slope(v - before[name]![k]!, step);
      const end = slope(step, after[name]![k]! - to[name]![k]!);
      return v + step * u * u * (3 - 2 * u) + u * (1 - u) * (start * (1 - u) - end * u);
    });
    const length = Math.hypot(...value);
    pose[name] = value.length === 4 ? value.map((v) => v / length) : value;
  }
  return pose;
}

const SIDES = [
  ["R", 1],
  ["L", -1],
] as const;

/** Return where every joint is in a pose. */
export function joints(pose: Pose, body: Body): Joints {
  const given = (name: string) => pose[name] as Vec;
  const turned = (name: string) => axesOf(pose[name] as Quaternion);
  const [hips, chest, head] = [turned("hips"), turned("chest"), turned("head")];
  const pelvis = given("pelvis");
  const waist = add(pelvis, hips[2], body.lower_trunk);
  const neck = add(waist, chest[2], body.upper_trunk);
  const skull = add(add(neck, mix(chest[2], head[2], 0.5), body.neck), head[2], body.head);
  const points: Record<string, Vec> = { origin: ORIGIN, pelvis, waist, neck, skull };
  const axes: Record<string, Axes> = { upright: axesOf([1, 0, 0, 0]), hips, chest, head };
  for (const [s, out] of SIDES) {
    const collar = add(neck, chest[2], -body.shoulder_drop);
    const shoulder = add(collar, chest[0], out * body.half_shoulders);
    const hip = add(pelvis, hips[0], out * body.half_hips);
    const pole = given(`elbow${s}`);
    const arm = twoBones(shoulder, given(`hand${s}`), pole, body.upper_arm, body.forearm);
    const leg = twoBones(hip, given(`ankle${s}`), given(`knee${s}`), body.thigh, body.shin);
    const [elbow, wrist, knee, ankle] = [...arm, ...leg];
    const fingers = unit(add(unit(add(wrist, elbow, -1)), given(`wrist${s}`)));
    const palm = add(wrist, fingers, body.hand / 2);
    const found = { shoulder, elbow, wrist, palm, hip, knee, ankle };
    for (const [name, point] of Object.entries(found)) points[name + s] = point;
    // The thumb is on the side away from the elbow's point.
    axes[`hand${s}`] = frame(fingers, across(add(ORIGIN, pole, -1), fingers));
    const toes = unit(given(`toes${s}`));
    const sole = across(add(ankle, knee, -1), toes);
    axes[`foot${s}`] = [toes, frame(sole, toes)[2], sole];
  }
  return { points, axes };
}
