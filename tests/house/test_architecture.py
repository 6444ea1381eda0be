"""What we agreed, the build enforces."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import chibo
from chibo.front.refusals import SENTENCES

HOUSE = Path(chibo.__file__).parent
ROOT = HOUSE.parent
MODULES = [path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts]
VIEWS = [path for path in MODULES if path.name == "views.py" or path.parent.name == "views"]
TEMPLATES = list(HOUSE.rglob("*.html"))
SCRIPTS = [path for path in HOUSE.rglob("*.js") if "vendor" not in path.parts]
STYLES = [path for path in HOUSE.rglob("*.css") if "vendor" not in path.parts]

# one's own sessions are looked up by one's own account; the names of units on home by ids already in sight
OWN_DOORS = {"front/views/entry.py": {"Session"}}


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_views_read_only_through_the_scope(path: Path) -> None:
    naked = re.findall(r"(\w+)\.objects(?!\.visible_to\(|\.named_to\()", path.read_text(encoding="utf-8"))
    allowed = OWN_DOORS.get(name_of(path), set())
    assert set(naked) <= allowed, f"use {naked[0]}.objects.visible_to(request.actor)"


def test_rooms_use_each_others_front_doors() -> None:
    knocked = {}
    for path in MODULES:
        private = set(re.findall(r"from chibo\.(\w+)\.(?:views|forms|urls)\b", path.read_text(encoding="utf-8")))
        own = path.relative_to(HOUSE).parts[0]
        if own != "front" and not private <= {own}:
            knocked[name_of(path)] = private - {own}
    assert knocked == {}


def test_files_stay_short() -> None:
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*MODULES, *TEMPLATES, *SCRIPTS, *STYLES]
    }
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def codes_in_the_source() -> set[str]:
    """Every code a refusal is raised with, read from the calls themselves."""
    found: set[str] = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found |= _codes(node)
    return found


def _codes(call: ast.Call) -> set[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    places = {"refuse_if": 1, "Refused": 0}
    if name not in places or len(call.args) <= places[name]:
        return set()
    code = call.args[places[name]]
    return {code.value} if isinstance(code, ast.Constant) and isinstance(code.value, str) else set()


def test_every_refusal_has_a_sentence() -> None:
    assert codes_in_the_source() - set(SENTENCES) == set()


def test_every_sentence_belongs_to_a_refusal() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in MODULES if path.name != "refusals.py")
    unused = [code for code in SENTENCES if f'"{code}"' not in source]
    assert unused == []


def test_nothing_works_by_signals() -> None:
    signalling = [
        name_of(path) for path in MODULES if re.search(r"django\.dispatch|post_save", path.read_text(encoding="utf-8"))
    ]
    assert signalling == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_hold_no_style_no_script_and_nothing_from_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=name_of)
def test_scripts_and_styles_ask_nobody_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?://(?!www\.w3\.org/)", text)
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", text)


def test_migrations_import_no_application_code() -> None:
    for path in HOUSE.rglob("migrations/*.py"):
        assert not re.search(r"^(from|import) chibo", path.read_text(encoding="utf-8"), re.M), name_of(path)


def test_the_repository_names_no_machine_of_ours() -> None:
    words = re.compile(r"/(?:" + "|".join(["wor" + "k", "far" + "m"]) + r")/")
    for folder in ("chibo", "docs", "packaging", "bench"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".html", ".sh", ".css", ".js", ".yaml"}:
                assert not words.search(path.read_text(encoding="utf-8")), path
