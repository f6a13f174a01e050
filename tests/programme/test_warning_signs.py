"""The warning signs that are shipped are whole; a file of them that is wrong is explained."""

import re

import pytest

from backcare_widgets.errors import ProgrammeError
from backcare_widgets.programme.toml_file import load
from backcare_widgets.programme.warning_signs import RULES, load_warning_signs
from backcare_widgets.workbook import shipped

TEXT = (shipped() / "data" / "warning_signs.toml").read_text(encoding="utf-8")
SIGNS = load_warning_signs()


def refusal(path, text):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProgrammeError) as caught:
        load(RULES, path)
    return str(caught.value)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "signs.toml"


@pytest.mark.parametrize(
    "sign",
    [
        *("genitals", "back passage", "pass water", "bladder", "bowels", "sexual", "both legs"),
        *("weakness in a leg", "foot that drops", "accident", "chest pain", "fever", "belly"),
    ],
)
def test_what_cannot_wait_is_asked_about_as_an_emergency(sign):
    assert sign in " ".join(SIGNS.emergency).lower()


@pytest.mark.parametrize(
    "sign", ["cancer", "steroids", "weight loss", "fever", "night", "osteoporosis"]
)
def test_what_a_doctor_should_see_first_is_asked_about(sign):
    assert sign in " ".join(SIGNS.doctor).lower()


@pytest.mark.parametrize("sign", ["fracture", "operation", "pregnancy", "knee replacement"])
def test_what_to_ask_about_before_beginning_is_named(sign):
    assert sign in " ".join(SIGNS.ask_first).lower()


def test_a_hip_replacement_that_is_not_released_closes_the_exercises():
    assert [sign for sign in SIGNS.not_yet if "hip replacement" in sign.lower()]


def test_emergency_numbers_are_there_without_a_network():
    assert re.findall(r"\d{3}", SIGNS.emergency_numbers) == ["999", "112", "911"]
    assert "111" in SIGNS.urgent_numbers


def test_no_sign_stands_in_two_lists():
    lists = [SIGNS.emergency, SIGNS.doctor, SIGNS.not_yet, SIGNS.ask_first]
    every = [sign for signs in lists for sign in signs]
    assert len(every) == len(set(every))
    assert all(lists)


def test_all_mistakes_are_told_at_once_each_with_its_line(file):
    text = TEXT.replace("emergency_numbers", "emergncy_numbers").replace('"Chest pain"', "911")
    message = refusal(file, text.replace("doctor = [", "doctor = 5\nother = ["))
    head, *rows = message.splitlines()
    assert head.startswith(f"{file} has 5 mistakes. Your log is not touched;")
    told = "\n".join(rows)
    assert "unknown `emergncy_numbers`, did you mean `emergency_numbers`?" in told
    assert "the file: `emergency_numbers` is missing: text of 1 to 200 characters" in told
    line = text[: text.index("doctor = [")].count("\n") + 1
    assert f"line {line}, doctor: 5 is not allowed; give a list of 1 to 30 texts" in told
    assert f"line {line + 1}, other: unknown `other`" in told
    line = text[: text.index("  911,")].count("\n") + 1
    assert f"line {line}, emergency[8]: 911 is not allowed" in told


def test_a_list_of_emergencies_cannot_be_emptied(file):
    """An empty list would open every session without a question."""
    start, end = TEXT.index("emergency = ["), TEXT.index("doctor = [")
    message = refusal(file, TEXT[:start] + "emergency = []\n" + TEXT[end:])
    assert "emergency: " in message


@pytest.mark.parametrize("key", ["emergency", "doctor", "not_yet", "ask_first", "urgent_numbers"])
def test_a_list_left_out_is_a_mistake(file, key):
    message = refusal(file, re.sub(rf"^{key} =", f"{key}_ =", TEXT, flags=re.MULTILINE))
    assert f"the file: `{key}` is missing: " in message
    assert f"did you mean `{key}`?" in message


def test_a_missing_file_is_told_in_plain_words(tmp_path):
    with pytest.raises(ProgrammeError, match="cannot be read"):
        load(RULES, tmp_path / "none.toml")
