// The figure's bones: from a pose, or from between poses, to its joints. Pure.
// World in metres, x to the figure's right, y forward (lying: towards the feet), z up.

const ORIGIN = [0, 0, 0];
const add = (a, b, k = 1) => [a[0] + k * b[0], a[1] + k * b[1], a[2] + k * b[2]];
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const mix = (a, b, t) => add(a, add(b, a, -1), t);
const unit = (a) => a.map((v) => v / (Math.hypot(...a) || 1));
/** What is left of `a` across `b`, as a unit vector. */
const across = (a, b) => unit(add(a, b, -dot(a, b)));
/** Two directions at right angles, and the third. */
const frame = (a, b) => [
  a,
  b,
  [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]],
];

/** The axes (right, forward, up) of a unit quaternion [w, x, y, z]. */
const axes = ([w, x, y, z]) =>
  frame(
    [1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)],
    [2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)],
  );

/** Elbow and wrist, or knee and ankle; a target out of reach is pulled in along its line. */
export function twoBones(from, target, pole, upper, lower) {
  const line = add(target, from, -1);
  const towards = unit(line);
  const least = Math.abs(upper - lower) + 1e-4;
  const reach = Math.min(Math.max(Math.hypot(...line), least), upper + lower - 1e-4);
  const a = (reach * reach + upper * upper - lower * lower) / (2 * reach);
  const aside = Math.sqrt(Math.max(0, upper * upper - a * a));
  const middle = add(add(from, towards, a), across(pole, towards), aside);
  return [middle, add(from, towards, reach)];
}

/** The slope of a curve between two steps: none at a turning point, so that nothing overshoots. */
const slope = (d, e) => (d * e > 0 ? (2 * d * e) / (d + e) : 0);

/**
 * The pose at `t` (0 to 1) of a way through poses, each a table of number lists: a smooth curve
 * through every number, at rest at both ends. Rotations are brought back to length 1, which is
 * slerp's path at nearly slerp's speed.
 */
export function between(way, t) {
  const last = way.length - 1;
  if (last < 1) return way[0];
  const i = Math.min(Math.floor(t * last), last - 1);
  const u = t * last - i;
  const pose = {};
  for (const [name, from] of Object.entries(way[i])) {
    const to = way[i + 1][name];
    const [before, after] = [(way[i - 1] ?? way[i])[name], (way[i + 2] ?? way[i + 1])[name]];
    const value = from.map((v, k) => {
      const step = to[k] - v;
      const [start, end] = [slope(v - before[k], step), slope(step, after[k] - to[k])];
      return v + step * u * u * (3 - 2 * u) + u * (1 - u) * (start * (1 - u) - end * u);
    });
    pose[name] = value.length === 4 ? unit(value) : value;
  }
  return pose;
}

/** Where every joint is in a pose, by name, and the axes of trunk, head, hands and feet. */
export function joints(pose, body) {
  const [hips, chest, head] = [pose.hips, pose.chest, pose.head].map(axes);
  const { pelvis } = pose;
  const waist = add(pelvis, hips[2], body.lower_trunk);
  const neck = add(waist, chest[2], body.upper_trunk);
  const skull = add(add(neck, mix(chest[2], head[2], 0.5), body.neck), head[2], body.head);
  const upright = axes([1, 0, 0, 0]);
  const found = { origin: ORIGIN, upright, hips, chest, head, pelvis, waist, neck, skull };
  for (const [s, out] of [
    ["R", 1],
    ["L", -1],
  ]) {
    const put = (name, value) => (found[name + s] = value);
    const given = (name) => pose[name + s];
    const collar = add(neck, chest[2], -body.shoulder_drop);
    const shoulder = put("shoulder", add(collar, chest[0], out * body.half_shoulders));
    const hip = put("hip", add(pelvis, hips[0], out * body.half_hips));
    const arm = twoBones(shoulder, given("hand"), given("elbow"), body.upper_arm, body.forearm);
    const leg = twoBones(hip, given("ankle"), given("knee"), body.thigh, body.shin);
    const [elbow, wrist] = [put("elbow", arm[0]), put("wrist", arm[1])];
    const [knee, ankle] = [put("knee", leg[0]), put("ankle", leg[1])];
    const fingers = unit(add(unit(add(wrist, elbow, -1)), given("wrist")));
    put("palm", add(wrist, fingers, body.hand / 2));
    // The thumb is on the side away from the elbow's point.
    put("hand", frame(fingers, across(add(ORIGIN, given("elbow"), -1), fingers)));
    const toes = unit(given("toes"));
    const sole = across(add(ankle, knee, -1), toes);
    put("foot", [toes, frame(sole, toes)[2], sole]);
  }
  return found;
}
