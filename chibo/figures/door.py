"""The door: whoever needs a number asks here, and nobody counts by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from chibo.figures.answers import Answer, Figure, Question, Tree
from chibo.kernel.actor import Actor
from chibo.kernel.errors import refuse_if
from chibo.kernel.periods import Period
from chibo.organisation.models import Unit


@cache
def declared() -> dict[str, Figure]:
    """The figures the rooms declare, by code, from the one list in the settings (decision 17)."""
    found: dict[str, Figure] = {}
    for where in settings.CHIBO_FIGURES:
        for figure_ in import_string(where):
            if figure_.code in found:
                raise ValueError(f"figure {figure_.code} is declared twice")
            found[figure_.code] = figure_
    return found


def catalogue(by: Actor | None = None) -> dict[str, Figure]:
    """Every figure there is, by code: the declared ones, and those users have defined; of `by`, whose names they read.

    Who needs only some asks `known`.
    """
    found = dict(declared())
    for where in settings.CHIBO_FIGURES_TYPED.values():
        found |= {each.code: each for each in import_string(where)(by=by)}
    return found


def known(codes: Iterable[str], *, by: Actor | None = None) -> dict[str, Figure]:
    """Of these codes, those that are figures. Only what users have defined is looked up in the database."""
    codes = list(codes)
    found = {code: declared()[code] for code in codes if code in declared()}
    for prefix, where in settings.CHIBO_FIGURES_TYPED.items():
        typed = [code for code in codes if code.startswith(prefix) and code not in found]
        if typed:
            found |= {each.code: each for each in import_string(where)(typed, by=by)}
    return found


def figure(code: str, unit: Unit, period: Period, tree: Tree, *, by: Actor, on: date) -> Answer:
    """Ask a figure for a branch, a period and a tree; only rows `by` may see count.

    `on` is the day of asking: what is due later does not count as missing. Raises Refused("unknown_figure").
    """
    return figures([code], unit, period, tree, by=by, on=on)[code]


def figures(codes: Iterable[str], unit: Unit, period: Period, tree: Tree, *, by: Actor, on: date) -> dict[str, Answer]:
    """Ask several figures at once: what they read in common is read once. Raises Refused("unknown_figure")."""
    codes = list(codes)
    question, answers, found = Question(unit, period, tree, by, on), {}, known(codes, by=by)
    for code in codes:
        refuse_if(code not in found, "unknown_figure", figure=code)
        answers[code] = found[code].answer(found[code], question)
    return answers
