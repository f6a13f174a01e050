"""The letters of a title: from a font of the machine that has them, else the exercise's id."""

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager
from tables import days, done, log
from test_dashboard import legible

from backcare_widgets import charts
from backcare_widgets.charts import fonts

TITLE = "腰をゆっくり左右に曲げる"


def titled(title, **more):
    table = days(done(4))
    table.attrs["by_exercise"][0] |= {"title": title, **more}
    return table


@pytest.fixture
def font_with_letters(tmp_path):
    """Add a font with the letters of the title to those that matplotlib knows, for one test."""
    letters = sorted({ord(letter) for letter in TITLE})
    names = [".notdef", *(f"u{code:04X}" for code in letters)]
    pen = TTGlyphPen(None)
    for i, point in enumerate([(50, 0), (50, 800), (950, 800), (950, 0)]):
        (pen.lineTo if i else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(dict(zip(letters, names[1:], strict=True)))
    font.setupGlyf(dict.fromkeys(names, square))
    font.setupHorizontalMetrics({name: (1000, 50) for name in names})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Invented Gothic", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(tmp_path / "gothic.ttf")
    before = [*font_manager.fontManager.ttflist]
    font_manager.fontManager.addfont(tmp_path / "gothic.ttf")
    yield "Invented Gothic"
    font_manager.fontManager.ttflist[:] = before


def test_fault_51_a_font_of_the_machine_writes_the_letters_that_the_usual_one_lacks(
    font_with_letters, texts
):
    assert fonts.families(TITLE) == [*fonts.preferred(), font_with_letters]
    table = titled(TITLE, exercise_id="side-bends")
    axes = charts.dashboard(table, log(done(4)))
    legible(axes)
    for ax in axes[2:4]:
        assert TITLE in texts(ax)
        assert f"{TITLE}: " in texts(ax, "sentence")[0].replace("\n", "")


@pytest.mark.parametrize("width", [4.2, 8, 10])
def test_fault_51_long_titles_of_wide_letters_are_cut_where_their_room_ends(
    width, font_with_letters
):
    legible(charts.dashboard(titled(TITLE * 9), log(done(4)), width=width))


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"title": TITLE, "exercise_id": "side-bends"}, "side-bends"),
        ({"title": "", "exercise_id": "side-bends"}, "side-bends"),
        ({"title": TITLE, "exercise_id": TITLE}, "exercise 1"),
        ({"title": "Стоя: наклон вбок", "exercise_id": "x"}, "Стоя: наклон вбок"),
    ],
)
def test_fault_51_without_such_a_font_the_id_is_shown(row, name, texts):
    axes = charts.dashboard(titled(**row), log(done(4)))
    axes[0].figure.canvas.draw()
    for ax in axes[2:4]:
        assert name in texts(ax)
        assert f"{name.split(':')[0]}: " in texts(ax, "sentence")[0]
