"""The colours of the page as numbers: told apart by every eye, and readable on their grounds."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parent.parent / "frontend" / "src"

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation
# of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (6),
# 2009, 1291-1298: the matrices for severity 1.0, applied to linear RGB.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# IEC 61966-2-1 (sRGB): linear RGB to XYZ under D65.
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)
# A difference of 1 can just be seen side by side; these are seen at a glance and from afar.
FAR = 20
APART = 10
# What JupyterLab's two themes put behind and before a cell's output; a host may have no theme.
PAGE = {
    "light": {"bg": "#ffffff", "fg": "#212121"},
    "dark": {"bg": "#212121", "fg": "#ffffff"},
    "light, no theme": {},
    "dark, no theme": {},
}


def times(matrix, vector):
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def linear(colour):
    """Give linear RGB, 0 to 1, of "#rgb" or "#rrggbb"."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def contrast(one, other):
    """Give the contrast ratio of WCAG 2, 1 to 21."""
    low, high = sorted(times(TO_XYZ, linear(c))[1] for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour, eye="usual"):
    """Give CIE L*a*b* of a colour as an eye sees it."""
    seen = [min(1, max(0, c)) for c in times(EYES[eye], linear(colour))]
    shares = [v / w for v, w in zip(times(TO_XYZ, seen), WHITE, strict=True)]
    x, y, z = (s ** (1 / 3) if s > (6 / 29) ** 3 else s * 841 / 108 + 4 / 29 for s in shares)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one, other):
    """Give CIEDE2000 of two L*a*b*, after Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    g = 1.5 - 0.5 * math.sqrt(mean7 / (mean7 + 25**7))
    c1, c2 = math.hypot(g * a1, b1), math.hypot(g * a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, g * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    wave = (
        (-0.17, 1, -30),
        (0.24, 2, 0),
        (0.32, 3, 6),
        (-0.20, 4, -63),
    )
    t = 1 + sum(k * math.cos(math.radians(n * hue + shift)) for k, n, shift in wave)
    s_light = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    d_light = (l2 - l1) / s_light
    d_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    d_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    bend = 60 * math.exp(-(((hue - 275) / 25) ** 2))
    cross = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(bend))
    return math.sqrt(d_light**2 + d_chroma**2 + d_hue**2 + cross * d_chroma * d_hue)


def block(file, selector, scheme="light"):
    """Return the colours that a rule of a style sheet names, by name without its dashes."""
    text = (SOURCES / file).read_text(encoding="utf-8")
    rules = " ".join(
        re.findall(rf"^ *{re.escape(selector)} \{{(.*?)\}}", text, flags=re.MULTILINE | re.S)
    )
    colour = r"(#[0-9a-fA-F]{3,6})\b"
    same = dict(re.findall(rf"--(?:bc-)?([\w-]+): {colour}", rules))
    pairs = re.findall(
        rf"--(?:bc-)?([\w-]+): (?:var\([\w-]+, )?light-dark\({colour}, {colour}\)", rules
    )
    assert same or pairs, f"{file} has no colours under {selector}"
    return same | {name: light if scheme == "light" else dark for name, light, dark in pairs}


def theme(name):
    return block("shared/theme.css", ".bc, .bc-session", name.split(",")[0]) | PAGE[name]


def limbs(side):
    arms_and_legs = block("session/figure/figure.css", f'[data-tone^="{side}"]')
    hands_and_feet = block("session/figure/figure.css", f'[data-tone="{side}h"]')
    return [(tones["a"], tones["b"]) for tones in (arms_and_legs, hands_and_feet)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (50, 3.2592, 0.3350), 1.0000),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_that_of_the_published_examples(one, other, expected):
    """Rows of the table of Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula"."""
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)


def test_the_eyes_are_those_that_they_are_named_for():
    """The classical pairs: red and green for two of them, blue and green for the third."""
    assert difference(lab("#d62728"), lab("#6b7a00")) > 40
    for eye in ("protanopia", "deuteranopia"):
        assert difference(lab("#b35900", eye), lab("#6b7a00", eye)) < FAR / 1.5
    assert difference(lab("#0080a0", "tritanopia"), lab("#008a78", "tritanopia")) < 5
    assert difference(lab("#ffffff"), lab("#000000")) == pytest.approx(100, abs=0.01)
    assert contrast("#fff", "#000000") == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("eye", EYES)
def test_right_and_left_limbs_of_the_figure_are_told_apart(eye):
    for right, left in zip(limbs("R"), limbs("L"), strict=True):
        near = min(
            difference(lab(r, eye), lab(l_, eye)) for r, l_ in itertools.product(right, left)
        )
        assert near > FAR
        for r, l_ in zip(right, left, strict=True):  # as in a grey print
            assert lab(r, eye)[0] - lab(l_, eye)[0] > 5


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", PAGE)
def test_the_ring_tells_right_left_and_centre_apart(name, eye):
    colours = theme(name)
    seen = {side: lab(colours[side], eye) for side in ("right", "left", "accent")}
    assert difference(seen["right"], seen["left"]) > FAR
    for side in ("right", "left"):
        assert difference(seen[side], seen["accent"]) > APART


TEXT = [
    *itertools.product(("fg", "soft"), ("bg", "card")),
    *itertools.product(("right", "left", "warn", "accent"), ("bg", "card")),
    *(("good", "bg"), ("warn", "warn-bg"), ("fg", "warn-bg"), ("on-accent", "accent")),
]
# Borders of buttons, the ring, the mark of the focus: WCAG 2.1, 1.4.11.
SHAPES = [
    *itertools.product(("line", "accent", "right", "left"), ("bg", "card")),
    *itertools.product(("accent", "right", "left"), ("hair",)),
]


@pytest.mark.parametrize("name", PAGE)
def test_text_and_shapes_stand_out_from_their_grounds(name):
    colours = theme(name)
    least = {"text": (4.5, TEXT), "shape": (3, SHAPES)}
    weak = {
        f"{kind} {front} on {ground}": round(ratio, 2)
        for kind, (enough, pairs) in least.items()
        for front, ground in pairs
        if (ratio := contrast(colours[front], colours[ground])) < enough
    }
    assert weak == {}


@pytest.mark.parametrize("side", ["R", "L"])
def test_the_letter_on_a_limb_stands_out_from_its_rim(side):
    rim = block("session/figure/figure.css", f'[data-tone^="{side}"]')["c"]
    assert contrast("#ffffff", rim) > 7
