// The figure's looks: parts of data/mannequin.toml put on joints, and drawn as seen by a camera.

// In tenths of a unit, so that outlines are written in whole numbers.
const [WIDE, HIGH] = [4800, 3000];

/** A camera from azimuth (from the front towards the figure's right) and elevation, in degrees. */
export function camera(azimuth, elevation) {
  const [a, e] = [azimuth, elevation].map((degrees) => (degrees * Math.PI) / 180);
  const [sa, ca, se, ce] = [Math.sin(a), Math.cos(a), Math.sin(e), Math.cos(e)];
  return { right: [-ca, sa, 0], down: [sa * se, ca * se, -ce], near: [sa * ce, ca * ce, se] };
}

/** The ellipses, with depth and mean radius, that a part's hulls of ellipsoids are in a picture. */
export function flatten({ hulls }, found, cam, flat = 1) {
  const lower = ([x, y, z]) => [x, y, z * flat]; // flat 0: as the shadow on the ground
  return hulls.map((hull) =>
    hull.map((egg) => {
      const along = found[egg.in];
      const on = mix(found[egg.at], found[egg.to], egg.share);
      const centre = lower(egg.by.reduce((p, v, i) => add(p, along[i], v), on));
      let [xx, xy, yy] = ORIGIN;
      along.forEach((axis, i) => {
        const half = lower(axis);
        const [x, y] = [dot(half, cam.right) * egg.half[i], dot(half, cam.down) * egg.half[i]];
        [xx, xy, yy] = [xx + x * x, xy + x * y, yy + y * y];
      });
      const [x, y, z] = [cam.right, cam.down, cam.near].map((way) => dot(centre, way));
      return { x, y, z, xx, xy, yy, r: Math.sqrt((xx + yy) / 2) };
    }),
  );
}

const COMPASS = Array.from({ length: 36 }, (_, i) => camera(10 * i, 0).right);

/** The outline of hulls as a path: of each the farthest point in 36 directions. */
export function outline(hulls, { scale, x0, y0 }, size = 1, shift = 0) {
  let path = "";
  for (const hull of hulls) {
    COMPASS.forEach(([dx, dy], i) => {
      let [best, px, py] = [-Infinity, 0, 0];
      for (const { x, y, xx, xy, yy, r } of hull) {
        const [cx, cy] = [x - 0.5 * shift * r, y - shift * r];
        const k = size / (Math.sqrt(xx * dx * dx + 2 * xy * dx * dy + yy * dy * dy) || 1);
        const [ex, ey] = [cx + k * (xx * dx + xy * dy), cy + k * (xy * dx + yy * dy)];
        if (ex * dx + ey * dy > best) [best, px, py] = [ex * dx + ey * dy, ex, ey];
      }
      path += `${i ? "L" : "M"}${Math.round(x0 + scale * px)} ${Math.round(y0 + scale * py)}`;
    });
    path += "Z";
  }
  return path;
}

/** Points along a part: its ellipses, and three between each and the next. */
const samples = (hulls) =>
  hulls.flatMap((hull) =>
    hull.flatMap((a, i) => {
      const b = hull[i + 1] ?? a;
      const on = (t) => (key) => a[key] + t * (b[key] - a[key]);
      return (b === a ? [0] : [0, 0.25, 0.5, 0.75]).map((t) => ["x", "y", "z", "r"].map(on(t)));
    }),
  );

/** How much nearer one part is than another, where one covers the other; 0 if none does. */
function nearer(a, b) {
  let [sum, n] = [0, 0];
  for (const [x, y, z, r] of a)
    for (const p of b)
      if ((x - p[0]) ** 2 + (y - p[1]) ** 2 < 0.64 * (r + p[3]) ** 2) {
        sum += z - p[2];
        n += 1;
      }
  return n && sum / n;
}

/** The order in which flattened parts are drawn, from far to near, as indices. */
export function drawingOrder(flat) {
  const points = flat.map(samples);
  const depth = points.map((part) => part.reduce((sum, p) => sum + p[2], 0) / part.length);
  const left = [...flat.keys()].sort((a, b) => depth[a] - depth[b]);
  const over = points.map((a, i) => points.map((b, k) => (k < i ? nearer(a, b) : 0)));
  over.forEach((row, i) => row.forEach((_, k) => k > i && (row[k] = -over[k][i])));
  const order = [];
  while (left.length) {
    // The first that covers none of the others left; in a ring of parts the farthest.
    const free = left.findIndex((i) => left.every((k) => over[i][k] <= 0));
    order.push(...left.splice(Math.max(0, free), 1));
  }
  return order;
}

/** Set an attribute only when it differs: what is set is painted again, a whole bed for instance. */
const set = (el, name, value) => el.getAttribute(name) === value || el.setAttribute(name, value);

/** Make the picture of a scene, and `draw(pose)`, which changes attributes and nothing else. */
export function drawing({ body, parts, ground }) {
  const base = ground.map(({ tone }) => h("path", { "data-tone": tone }));
  const slots = parts.map(() => h("g", h("path"), h("path"), h("text", " ")));
  const shadow = h("path", { "data-tone": "shadow" });
  const svg = h("svg", { viewBox: `0 0 ${WIDE} ${HIGH}` }, ...base, shadow, ...slots);

  function draw(pose, [turn, tilt] = ORIGIN) {
    const [azimuth, elevation, ...focus] = pose.camera;
    const cam = camera(azimuth + turn, Math.min(88, Math.max(3, elevation + tilt)));
    const scale = HIGH / focus[3];
    const x0 = WIDE / 2 - scale * dot(focus, cam.right);
    const y0 = HIGH / 2 - scale * dot(focus, cam.down);
    const place = { scale, x0, y0 };
    const found = joints(pose, body);
    const trace = (path, hulls, ...lit) => set(path, "d", outline(hulls, place, ...lit));
    base.forEach((path, i) => trace(path, flatten(ground[i], found, cam)));
    trace(
      shadow,
      parts.flatMap((part) => flatten(part, found, cam, 0)),
    );
    const flat = parts.map((part) => flatten(part, found, cam));
    drawingOrder(flat).forEach((i, k) => {
      const { tone, mark } = parts[i];
      const [whole, lit, text] = slots[k].children;
      set(slots[k], "data-tone", tone);
      trace(whole, flat[i]);
      trace(lit, flat[i], 0.74, 0.18);
      if (text.firstChild.data !== mark) text.firstChild.data = mark;
      if (!mark) return;
      const [p, q] = [flat[i][0][1], flat[i][0].at(-1)];
      set(text, "x", `${Math.round(x0 + (scale * (p.x + q.x)) / 2)}`);
      set(text, "y", `${Math.round(y0 + (scale * (p.y + q.y)) / 2 + 40)}`);
    });
  }
  return { svg, draw };
}
