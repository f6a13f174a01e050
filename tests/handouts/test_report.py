"""The report as a file: one page and one HTML file that say the same, for everybody to read."""

import dataclasses
import datetime as dt
import io
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import logs
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from records import BY_HAND, MARKS, TODAY, exercises, facts, one

from backcare_widgets import Log, report
from backcare_widgets.errors import DayError, LogError, ReportError
from backcare_widgets.handouts import html, page
from backcare_widgets.programme.models import Dose

ROOT = Path(__file__).parents[2]


def texts(value):
    """Yield every text of the facts, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, int):
        yield str(value)


def bare(text):
    """Leave the letters: a line is broken where there is room, in a word if need be."""
    return re.sub(r"\s+", "", text)


def read(pdf):
    """Open a PDF, hold it against what every report must be, and return its text."""
    file = PdfReader(io.BytesIO(pdf))
    assert len(file.pages) == 1
    sheet = file.pages[0]
    assert [round(float(side) * 25.4 / 72) for side in sheet.mediabox[2:]] == [210, 297]
    return sheet.extract_text()


def parsed(content):
    return BeautifulSoup(content, "html.parser")


def both(found):
    """Return the text of the PDF and of the HTML, and the facts that both show."""
    pdf, fitted = page.draw(found)
    return read(pdf), parsed(html.draw(fitted)).get_text(), fitted


def test_pdf_and_html_say_the_same():
    pdf, web, fitted = both(facts(BY_HAND, marks=MARKS, notes=True, name="Zoë Ångström"))
    said = [bare(text) for text in texts(fitted) if text != "0"]
    always = ("title", "statement", "stops", "pain", "notes", "how")
    said += [bare(html.ALWAYS[name]) for name in always]
    said += [bare(text) for pair in html.ALWAYS["numbers"] for text in pair]
    assert len(said) > 60
    assert [text for text in said if text not in bare(pdf)] == []
    assert [text for text in said if text not in bare(web)] == []


TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
ENTRY = st.tuples(
    st.integers(0, 700),
    st.sampled_from([f"exercise-{i}" for i in range(10)]),
    st.integers(0, 7),
    st.sampled_from(["done", "stopped", "stopped_for_pain"]),
    st.none() | st.integers(0, 10),
    st.none() | st.integers(0, 10),
    st.one_of(st.just(""), TYPED, st.just("a long one, told again " * 170)),
)


@given(
    rows=st.lists(ENTRY, max_size=60),
    n=st.integers(1, 10),
    weeks=st.sampled_from([1, 2, 8, 9, 52, None]),
    name=TYPED,
)
@example([(n, f"exercise-{n % 10}", 2, "stopped_for_pain", 9, 1, "W" * 4000) for n in range(400)],
         10, 52, "W" * 60)  # fmt: skip
@example([(n, f"exercise-{n % 10}", 2, "stopped", 9, 1, "") for n in range(400)], 10, 52, "")
@example(
    [(1, "exercise-0", 5, "done", 1, 2, "😀👩‍👩‍👧 日本 漢\u0301 שלום 12 مرحبا\x07‮ <b>$x$ \\n")],
    1,
    8,
    "日",
)
@example([], 1, None, "")
@settings(max_examples=8)  # a page takes a second
def test_whatever_is_in_the_log_it_is_one_page_that_says_what_the_html_says(rows, n, weeks, name):
    doses = [Dose(3, "all day")]
    doses += [Dose(i % 3, "w" * 60, since=TODAY - dt.timedelta(days=90 - 9 * i)) for i in range(9)]
    programme = exercises(n, title="W" * 70 + " {}", doses=doses)
    chosen = facts(rows, programme, weeks=weeks, notes=True, name=name)
    pdf, web, fitted = both(chosen)
    numbers = texts((fitted.counts, fitted.stops, fitted.pain, fitted.days))
    left_out = f"no room: {fitted.notes_left_out}." if fitted.notes_left_out else ""
    assert [text for text in (*numbers, left_out) if bare(text) not in bare(pdf)] == []
    said = [text for text in (*texts(fitted), left_out) if not text.isdigit()]
    assert [text for text in said if bare(text) not in bare(web)] == []
    assert len(fitted.notes) + fitted.notes_left_out == len(chosen.notes) + chosen.notes_left_out


def test_the_html_is_printed_in_the_size_of_text_that_has_room_on_the_page():
    few, many = [one(1)], [one(n, note="it was fine " * 9) for n in range(50)]
    for rows, points in ((few, 9), (many, 8)):
        _, fitted = page.draw(facts(rows, notes=True))
        assert f"@media print {{ body {{ font-size: {points}pt }}" in html.draw(fitted).decode()


def test_notes_that_have_no_room_are_counted_and_the_newest_stay():
    pdf, _, fitted = both(facts([one(n, note=f"note of {n}") for n in range(50)], notes=True))
    assert 5 < len(fitted.notes) < 40
    words = [text for _, text in fitted.notes[:3]]
    assert words == [f"Lying down: note of {n}" for n in range(3)]
    left_out = 50 - len(fitted.notes)
    assert f"Notes for which this page has no room: {left_out}." in pdf


@pytest.mark.parametrize(("n", "days"), [(3, 60), (8, 64), (8, 400), (10, 400), (3, 3650)])
def test_the_text_of_an_ordinary_programme_is_8_points_or_more(n, days):
    rows = [
        one(ago, f"exercise-{i}", note="it was fine " * 9) for ago in range(days) for i in range(n)
    ]
    pdf, _ = page.draw(facts(rows, exercises(n), weeks=None, notes=True))
    sizes = []
    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: sizes.append(size if text.strip() else 9)
    )
    assert min(sizes) >= 8


def structure(node):
    """Yield the tags of a PDF in reading order."""
    node = node.get_object()
    if isinstance(node, dict):
        if "/S" in node:
            yield node["/S"]
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            yield from structure(child)


def test_the_pdf_is_tagged_for_who_listens_to_it():
    pdf, _ = page.draw(facts(BY_HAND, marks=MARKS, notes=True))
    file = PdfReader(io.BytesIO(pdf))
    root = file.trailer["/Root"]
    assert file.metadata.title == "Exercise record for a physiotherapist"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    tags = list(structure(root["/StructTreeRoot"]))
    assert [tag for tag in tags if tag in ("/H1", "/H2")] == ["/H1", *["/H2"] * 6]
    assert (tags.count("/Table"), tags.count("/THead"), tags.count("/TH")) == (2, 2, 4 + 5)
    assert tags.count("/TD") == 3 * 4 + 3 * 5, "and none for the bars"
    assert tags.count("/L") == 2
    assert "/Figure" not in tags


def test_the_pdf_holds_its_own_fonts_and_no_picture():
    pdf, _ = page.draw(facts(BY_HAND))
    resources = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    assert len(fonts) == 2
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+DejaVuSans", font["/BaseFont"]), "only what is used of it"
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in described
    assert "/XObject" not in resources


def test_lines_are_thick_enough_and_all_is_black_for_a_photocopy():
    pdf, _ = page.draw(facts(BY_HAND, attrs={"sample": True}))
    drawn = PdfReader(io.BytesIO(pdf)).pages[0].get_contents().get_data().decode("latin-1")
    widths = {float(width) for width in re.findall(r"([\d.]+) w\b", drawn)}
    assert widths == {0.75, 1.2}
    colours = re.findall(r"(?:^|\s)([\d. ]+) (?:g|G|rg|RG|k|K|sc|SC|scn|SCN)\s", drawn)
    assert {float(part) for colour in colours for part in colour.split()} == {0.0}


def test_a_sign_that_no_font_of_the_machine_has_is_a_mark_and_named_as_such():
    unknown = "\U00013000"  # a hieroglyph
    pdf, web, _ = both(facts([one(1, note=f"ok {unknown} ok")], notes=True, name="A"))
    assert "ok □ ok" in pdf
    assert html.ALWAYS["no_sign"] in pdf
    assert f"ok {unknown} ok" in web


def test_letters_of_other_alphabets_keep_their_order_and_need_no_mark():
    words = ("é ☃", "שלום", "مرحبا")
    pdf, _, _ = both(facts([one(1, note=word) for word in words], notes=True))
    assert [word for word in words if word not in pdf] == []
    assert html.ALWAYS["no_sign"] not in pdf


def made_here(folder, *, weight, letters):
    """Put a font into a folder: DejaVu Sans by another name, with more letters."""
    folder.mkdir(parents=True, exist_ok=True)
    with TTFont(page.FONTS / "DejaVuSans.ttf") as made:
        for table in made["cmap"].tables:
            table.cmap |= dict.fromkeys(letters, "a") if table.format == 12 else {}
        made["OS/2"].usWeightClass = weight
        for name in made["name"].names:
            name.string = "Made Here"
        made.save(folder / f"made-{weight}.ttf")


@pytest.mark.parametrize(
    ("regular", "bold", "shown"),
    [
        pytest.param([0x13000], [0x13000], "\U00013000", id="which has them"),
        pytest.param([], [0x13000], "□", id="which has them in bold only"),
    ],
)
def test_letters_are_shown_in_a_font_of_the_machine(tmp_path, regular, bold, shown):
    for folder in (tmp_path / ".fonts", tmp_path / "Library" / "Fonts"):  # of Linux, of macOS
        made_here(folder, weight=400, letters=regular)
        made_here(folder, weight=700, letters=bold)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from records import facts, one\n"
        "from backcare_widgets.handouts import page\n"
        "pdf, _ = page.draw(facts([one(1, note='ok \U00013000 ok')], notes=True))\n"
        "sys.stdout.buffer.write(pdf)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parent)],
        cwd=ROOT,
        env=os.environ | {"HOME": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    assert f"ok {shown} ok" in read(run.stdout)
    assert (html.ALWAYS["no_sign"] in read(run.stdout)) == ("□" in shown)


MARKUP = "<script>alert(1)</script> &amp; \"' #let x = 1 *b* $x$ [a] _i_ @a // \\ `r` ~ = - {{}}"


def test_markup_in_a_note_or_a_name_is_text():
    pdf, fitted = page.draw(facts([one(1, note=MARKUP)], notes=True, name=MARKUP[:60]))
    web = parsed(html.draw(fitted))
    assert not web.find_all("script")
    assert MARKUP in web.get_text()
    for said in (MARKUP, fitted.name):
        assert bare(said) in bare(web.get_text())
        assert bare(said) in bare(read(pdf))


def test_the_html_needs_no_other_file_and_runs_nothing():
    _, fitted = page.draw(facts(BY_HAND, marks=MARKS, notes=True))
    content = html.draw(fitted)
    web = parsed(content)
    tags = [tag.name for tag in web.find_all()]
    assert web.html["lang"] == "en-GB"
    assert tags.count("title") == tags.count("h1") == tags.count("main") == 1
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(tags)
    names = {name for tag in web.find_all() for name in tag.attrs}
    assert not {name for name in names if name in ("src", "href", "style") or name[:2] == "on"}
    assert not re.search(rb"url\(|@import|https?:", content)
    assert {tag.get("scope") for tag in web.find_all("th")} == {"col", "row"}
    assert tags.count("caption") == 2


def test_a_report_of_the_sample_says_so_first(tmp_path):
    log = Log.open(ROOT / "no such.sqlite3", sample_if_empty=True)
    said = "SAMPLE DATA: invented, and of no person"
    made = report(tmp_path / "report.pdf", log=log)
    assert made.facts.sample == said
    assert said in repr(made)
    assert read(made.path.read_bytes()).startswith(said)
    web = parsed(report(tmp_path / "report.html", log=log).path.read_bytes())
    assert web.body.get_text().strip().startswith(said)


def test_an_empty_log_gives_a_page_that_says_so(tmp_path):
    made = report(tmp_path / "report.pdf", log=logs.opened(tmp_path))
    text = read(made.path.read_bytes())
    assert "Nothing is recorded yet." in text
    assert "Nothing is recorded yet." in repr(made)
    assert "Lying down: knees to the chest" in text
    assert "Stops for pain" not in text
    assert not logs.opened(tmp_path).path.exists(), "looking must not make a log"


@pytest.mark.parametrize("name", ["report.pdf", "Report.HTML"])
def test_the_file_is_whole_and_for_its_owner_only(tmp_path, name):
    log = logs.opened(tmp_path)
    log.add(**logs.SET, note="for nobody")
    (tmp_path / name).write_text("an older one")
    made = report(tmp_path / name, log=log, today=logs.NOW.date() + dt.timedelta(days=3))
    assert made.path == tmp_path / name
    content = made.path.read_bytes()
    assert content[:5] in (b"%PDF-", b"<!DOC")
    assert content.rstrip().endswith((b"%%EOF", b"</html>"))
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert repr(made) == (
        f"{made.path} is written: one page, 1 March 2026 to 4 March 2026, from the first record on,"
        " with none of the notes. Only you can read it; it is sent nowhere."
    )
    assert {file.name for file in tmp_path.iterdir()} == {name, "log.sqlite3", "backups"}


def test_a_file_that_cannot_be_written_is_a_sentence_and_the_older_one_stays(tmp_path):
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(LogError, match=r"cannot be written .* The log is unchanged"):
        report(tmp_path / "report.pdf", log=logs.opened(tmp_path))
    with pytest.raises(LogError, match="cannot be written"):
        report(tmp_path / "nowhere" / "report.html", log=logs.opened(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["report.pdf"]


@pytest.mark.parametrize(
    ("which", "says"),
    [
        ({"path": "report.docx"}, "neither .pdf nor .html. Nothing was written;"),
        ({"path": "report"}, "neither .pdf nor .html"),
        ({"weeks": 0}, "weeks is 0, which is not a number of weeks"),
        ({"weeks": "8"}, "weeks is '8'"),
        ({"weeks": True}, "weeks is True"),
        ({"since": "October"}, "since is 'October', which is not a day"),
        ({"today": "31.10.2026"}, "today is '31.10.2026', which is not a day"),
        ({"since": dt.date(2999, 1, 1)}, "since is 2999-01-01, which is in the future"),
    ],
)
def test_what_cannot_be_asked_for_is_a_sentence(tmp_path, which, says):
    which = {"path": "report.pdf"} | which
    with pytest.raises((ReportError, DayError), match=re.escape(says)):
        report(tmp_path / which.pop("path"), log=logs.opened(tmp_path), **which)
    assert list(tmp_path.iterdir()) == []


def test_the_log_itself_is_never_written_over(tmp_path):
    log = Log.open(tmp_path / "log.pdf", backups=tmp_path / "backups", clock=lambda: logs.NOW)
    log.add(**logs.SET)
    with pytest.raises(LogError, match="is the log itself"):
        report(tmp_path / "log.pdf", log=str(tmp_path / "log.pdf"))
    assert len(log.frame()) == 1


def test_a_report_loads_its_libraries_only_when_one_is_made():
    program = (
        "import sys, backcare_widgets as b; b.report;"
        "print({'typst', 'pandas', 'numpy', 'matplotlib'} & {*sys.modules})"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ, capture_output=True, text=True
    )
    assert (run.stdout, run.stderr) == ("set()\n", "")
