"""A list of villages against the register: new in their commune, or known there by kind and name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from chibo.exchange.columns import CROSSES, plain
from chibo.exchange.drafts import Change, Draft, Verdict
from chibo.exchange.kinds import AREAS, VILLAGES, Field
from chibo.exchange.names import Names
from chibo.exchange.plans import Act, Written, would_pass
from chibo.kernel.actor import Actor
from chibo.kernel.changes import changes_between
from chibo.kernel.errors import NoPower, Refused, refuse_if
from chibo.kernel.text import fold, text_key
from chibo.membership.models import Person
from chibo.organisation.localities import (
    BLANK,
    COMMUNES,
    JOINT,
    MEMBERS,
    OWN,
    WAYS,
    LocalityKind,
    Registered,
    bare_name,
    localities_on,
    locality_kinds,
)
from chibo.organisation.models import Placement, Unit
from chibo.organisation.operations import (
    NewLocality,
    change_locality,
    correct_service,
    correct_siting,
    correct_tag,
    end_tag,
    facts_of_localities,
    register_localities,
    serve_locality,
    tag_locality,
)

A_DAY = timedelta(days=1)
PAPER = "paper_differs"
_FRONT = re.compile(r"^(?:(?:dang bo|dang uy)\s+)?(?:(?:xa|phuong|thi tran|dac khu)\s+)?")
_SHORT = re.compile(r"^tdp\b\.?\s*", re.IGNORECASE)
_NO_CELL = {"chua co", "chua", "chua co chi bo", "khong co", "trang"}
_AREAS = {word: each.name for each in AREAS for word in each.synonyms}
_WHERE = {  # refusal → column it is about; the name of the place otherwise
    "village_commune_missing": "commune", "village_commune_unknown": "commune", "village_kind_unknown": "kind",
    "village_of_other_kind": "kind", "unit_unknown": "served", "unit_ambiguous": "served", "unit_renamed": "served",
    "unit_ended": "served", "cell_elsewhere": "served", "village_cell_missing": "served",
    "village_cell_contradicts": "way", "village_way_missing": "way", "village_area_unknown": "areas",
    "tag_without_document": "document",
}  # fmt: skip
Served = tuple[Unit | None, bool]  # the cell, or none and whether members live there


@dataclass(slots=True)
class New:
    """A place to be registered in a commune."""

    draft: Draft
    commune: Unit
    row: NewLocality


@dataclass(slots=True)
class Plan:
    """What a list of villages would do."""

    drafts: list[Draft]
    unused: list[Field] = field(default_factory=list)
    touched: list[Person] = field(default_factory=list)
    new: list[New] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)

    def write(self, *, on: date, at: datetime, by: Actor) -> Written:
        """Register, a commune at a time, and change what differs."""
        before = facts_of_localities(self.changed)
        made = [each.pk for rows in _by_commune(self.new) for each in _register(rows, on, by)]
        for act in self.acts:
            act()
        after = facts_of_localities([*self.changed, *made])
        return Written(localities=changes_between(before, after))


def _by_commune(rows: list[New]) -> list[list[New]]:
    found: dict[int, list[New]] = {}
    for row in rows:
        found.setdefault(row.commune.pk, []).append(row)
    return list(found.values())


def _register(rows: list[New], on: date, by: Actor) -> list[Any]:
    return register_localities([each.row for each in rows], rows[0].commune, on=on, by=by)


def plan_villages(drafts: list[Draft], unit: Unit, *, on: date, at: datetime, by: Actor) -> Plan:
    """Compare; nothing is written."""
    planning = _Planning(drafts, unit, on, at, by)
    for draft in drafts:
        planning.one(draft)
    planning.rehearse()
    return planning.plan


class _Planning:
    def __init__(self, drafts: list[Draft], unit: Unit, on: date, at: datetime, by: Actor) -> None:
        self.plan, self.unit, self.on, self.at, self.by = Plan(drafts), unit, on, at, by
        self.names = Names(unit, on, actor=by)
        self.cells = {unit.pk: self.names}  # commune → its units by name
        self.kinds = locality_kinds(on)
        rows = localities_on(unit, on, actor=by)
        self.known = {(row.unit_id, row.kind.code, text_key(row.bare)): row for row in rows}
        self.lines: dict[tuple[int, str, str], int] = {}
        self.communes: dict[str, list[Placement]] = {}
        for row in self.names.standing.values():
            if row.kind in COMMUNES:
                for form in {_FRONT.sub("", fold(name)) for name in (row.name, row.short_name)}:
                    self.communes.setdefault(form, []).append(row)

    def one(self, draft: Draft) -> None:
        """Compare one line."""
        draft.title = draft.values.get("name", "") or draft.seen("name")
        if draft.problems:
            return
        try:
            refuse_if(not draft.title, "no_name")
            self._compare(draft)
        except (Refused, NoPower) as refusal:
            _refuse(draft, refusal)

    def _compare(self, draft: Draft) -> None:
        values = draft.values
        values["name"] = _SHORT.sub("Tổ dân phố ", values["name"])
        commune = self._commune(values.get("commune"))
        kind = self._kind(values, commune)
        key = (commune.unit_id, kind.code, text_key(bare_name(kind, values["name"])))
        refuse_if(key in self.lines, "line_twice", rows=f"{self.lines.get(key)}, {draft.number}")
        self.lines[key] = draft.number
        known = self.known.get(key)
        served, areas = self._served(values, commune, known), _areas(values)
        if known is not None:
            self._changed(draft, known, served, areas)
            return
        self._refuse_other_kind(key, kind)
        self._registered(draft, commune, kind, served, areas)

    def _commune(self, text: str | None) -> Placement:
        if text is None:
            own = self.names.standing.get(self.unit.pk)
            refuse_if(own is None or own.kind not in COMMUNES, "village_commune_missing")
            assert own is not None
            return own
        found = {row.unit_id: row for row in self.communes.get(_FRONT.sub("", fold(text)), [])}
        exact = [row for row in found.values() if fold(text) in {fold(row.name), fold(row.short_name)}]
        rows = exact or list(found.values())
        if len(rows) != 1:
            every = sorted({row.short_name for some in self.communes.values() for row in some})
            raise Refused("village_commune_unknown", seen=text[:60], words="; ".join(every[:20]))
        return rows[0]

    def _kind(self, values: Mapping[str, Any], commune: Placement) -> LocalityKind:
        """By its word, else by how the name begins, else as the register knows the name."""
        said = fold(_SHORT.sub("Tổ dân phố ", values.get("kind", "")))
        name = fold(values["name"])
        found = [kind for kind in self.kinds.values() if f"{said or name} ".startswith(f"{fold(kind.name)} ")]
        if not found and said:
            found = [kind for kind in self.kinds.values() if fold(kind.name).startswith(said)]
        elif not found:
            key = text_key(values["name"])
            found = [kind for kind in self.kinds.values() if (commune.unit_id, kind.code, key) in self.known]
        words = ", ".join(kind.name for kind in self.kinds.values())
        refuse_if(len(found) != 1, "village_kind_unknown", seen=values.get("kind") or values["name"], words=words)
        return found[0]

    def _refuse_other_kind(self, key: tuple[int, str, str], kind: LocalityKind) -> None:
        """A village that changed its kind is the same village."""
        commune, _, name = key
        for other in self.kinds.values():
            same = other.family == kind.family and (commune, other.code, name) in self.known
            refuse_if(same, "village_of_other_kind", ours=other.name)

    def _served(self, values: Mapping[str, Any], commune: Placement, known: Registered | None) -> Served | None:
        """None when the line does not say. Own or joint cell is not kept: it follows from what a cell serves."""
        text, way = values.get("served"), values.get("way")
        without = way in {MEMBERS, BLANK}
        if text is not None and fold(text) in _NO_CELL:
            refuse_if(not without, "village_way_missing")
            text = None
        if text is None:
            unnamed = way in {OWN, JOINT} and (known is None or known.cell_id is None)
            refuse_if(unnamed, "village_cell_missing")
            return (None, way == MEMBERS) if without else None
        refuse_if(without, "village_cell_contradicts")
        if commune.unit_id not in self.cells:
            self.cells[commune.unit_id] = Names(commune.unit, self.on, actor=self.by)
        cell = self.cells[commune.unit_id].find(text)
        refuse_if(cell.kind != "cell", "cell_elsewhere")
        return cell.unit, True

    def _registered(
        self, draft: Draft, commune: Placement, kind: LocalityKind, served: Served | None, areas: Mapping[str, str]
    ) -> None:
        values = draft.values
        for code, document in areas.items():
            if not document:
                draft.refuse(Refused("tag_without_document"), VILLAGES.field(code if code in values else "areas"))
                return
        cell, members = served or (None, None)
        draft.verdict = Verdict.NEW
        draft.changes = [Change("Loại", "", kind.name)]
        if served:
            draft.changes.append(Change("Ai phụ trách", "", values["served"] if cell else _way(members)))
        draft.changes += [Change(VILLAGES.field(code).label, "", document) for code, document in areas.items()]
        self.plan.new.append(New(draft, commune.unit, NewLocality(
            kind.code, values["name"], values.get("cluster", ""), cell, members, areas, values.get("decision", ""),
        )))  # fmt: skip

    def _changed(
        self, draft: Draft, row: Registered, served: Served | None, areas: Mapping[str, str]
    ) -> None:  # fmt: skip
        acts = [*self._cluster(draft, row), *self._serve(draft, row, served)]
        for code, document in areas.items():
            acts += self._tag(draft, row, code, document)
        if not acts:
            return
        would_pass(acts)
        draft.verdict = Verdict.CHANGED
        self.plan.acts += acts
        self.plan.changed.append(row.locality_id)

    # What began on the very day the list holds from was written down wrong; what began before holds to the day before.

    def _cluster(self, draft: Draft, row: Registered) -> Iterator[Act]:
        cluster = draft.values.get("cluster", row.cluster)
        if text_key(cluster) == text_key(row.cluster):
            return
        draft.changes.append(Change("Cụm, tiểu khu", row.cluster, cluster))
        said = {"kind": row.siting.kind, "name": row.bare, "cluster": cluster}
        if row.siting.during.lower == self.on:
            yield lambda: correct_siting(row.siting, first=self.on, why=PAPER, at=self.at, by=self.by, **said)
        else:
            decision = draft.values.get("decision", "")
            yield lambda: change_locality(row.siting.locality, on=self.on, by=self.by, decision=decision, **said)

    def _serve(self, draft: Draft, row: Registered, served: Served | None) -> Iterator[Act]:
        old = row.service
        if served is None or (old and (old.cell_id, old.has_members) == (served[0] and served[0].pk, served[1])):
            return
        cell, members = served
        ours = row.cell_name if row.cell_id else row.way_name if old else ""
        draft.changes.append(Change("Ai phụ trách", ours, draft.values["served"] if cell else _way(members)))
        decision = draft.values.get("decision", "")
        if old is not None and old.during.lower == self.on:
            yield lambda: correct_service(old, cell=cell, has_members=members, cause=old.cause, why=PAPER,
                                          decision=decision or old.decision, at=self.at, by=self.by)  # fmt: skip
        else:
            yield lambda: serve_locality(row.siting.locality, cell=cell, has_members=members, on=self.on, by=self.by,
                                         decision=decision)  # fmt: skip

    def _tag(self, draft: Draft, row: Registered, code: str, document: str) -> Iterator[Act]:
        """A cross says only that it lies there; another document is said from the day of the list."""
        old = row.tags.get(code)
        if old is not None and (not document or text_key(old.document) == text_key(document)):
            return
        refuse_if(not document, "tag_without_document")
        draft.changes.append(Change(VILLAGES.field(code).label, old.document if old else "", document))
        if old is not None and old.during.lower == self.on:
            last = old.during.upper - A_DAY if old.during.upper else None
            yield lambda: correct_tag(
                old, document=document, first=self.on, last=last, why=PAPER, at=self.at, by=self.by
            )
            return
        if old is not None:
            yield lambda: end_tag(old, last=self.on - A_DAY, by=self.by)
        yield lambda: tag_locality(row.siting.locality, code, document=document, first=self.on, by=self.by)

    def rehearse(self) -> None:
        """Register each commune's at once and undo it; only when that is refused, ask which line it was."""
        for rows in _by_commune(self.plan.new):
            try:
                would_pass([lambda: _register(rows, self.on, self.by)])  # noqa: B023 - asked at once
            except (Refused, NoPower):
                for row in rows:
                    self._try(row)
        self.plan.new = [row for row in self.plan.new if not row.draft.problems]

    def _try(self, row: New) -> None:
        try:
            would_pass([lambda: _register([row], self.on, self.by)])
        except (Refused, NoPower) as refusal:
            _refuse(row.draft, refusal)


def _areas(values: Mapping[str, Any]) -> dict[str, str]:
    """Tag → its document, empty when a cross says no more than that and no other column has one."""
    said = {each.name: values[each.name] for each in AREAS if each.name in values}
    found = {code: "" if fold(text) in CROSSES else text for code, text in said.items()}
    for part in re.split("[;,]", values.get("areas", "")):
        if part.strip():
            code = _AREAS.get(plain(part), "")
            refuse_if(not code, "village_area_unknown", seen=part.strip()[:40], words="; ".join(f.label for f in AREAS))
            found.setdefault(code, "")
    return {code: document or values.get("document", "") for code, document in found.items()}


def _way(members: bool | None) -> str:
    return WAYS[MEMBERS if members else BLANK]


def _refuse(draft: Draft, refusal: Refused | NoPower) -> None:
    if isinstance(refusal, Refused):
        draft.refuse(refusal, VILLAGES.field(_WHERE.get(refusal.code, "name")))
    else:
        draft.refuse(Refused("line_out_of_reach"))
