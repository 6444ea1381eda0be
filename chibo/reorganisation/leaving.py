"""Steps on what belongs to a unit that ends, splits or merges: each thing has one treatment, named in `treatment`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from chibo.cadres.models import HELD_BY_ONE, Body, Office, Post, Seat, StatePost, Term
from chibo.issues.models import Limitation
from chibo.kernel.errors import refuse_if
from chibo.kernel.paths import unit_ids
from chibo.kernel.text import clean
from chibo.meetings.models import Charge, Habit, Meeting, NotHeld, Task, WrittenElsewhere
from chibo.membership.models import Belonging
from chibo.membership.today import follow
from chibo.organisation.models import AreaTag, Locality, Placement, Service, Siting, Unit
from chibo.reorganisation.journal import Journal
from chibo.reorganisation.models import Decision
from chibo.reorganisation.plans import Heir, Plan
from chibo.reorganisation.tree import held_since, path_of

WENT_ON = "Tổ chức đã kết thúc hoạt động; buổi của tháng do tổ chức kế thừa họp."


class Leaving:
    """One source on its way out (or, in an upgrade, giving its members to cells below it)."""

    def __init__(self, plan: Plan, source: Placement, paper: str, account: int | None) -> None:
        self.plan, self.source, self.unit = plan, source, source.unit
        self.paper, self.account, self.on = clean(paper, most=120), account, plan.on
        refuse_if(held_since([self.unit], self.on), "facts_since", count=held_since([self.unit], self.on),
                  name=source.short_name, what="buổi sinh hoạt đã kết thúc")  # fmt: skip

    # who goes where -------------------------------------------------------------------------------------------------

    def heir_of(self, person: UUID | None) -> Heir:
        """Where somebody goes; what is nobody's goes to the main heir."""
        assert self.plan.main is not None
        return next((heir for heir in self.plan.heirs if person in heir.people), self.plan.main)

    def _by_heir(self, rows: Iterable[Any], person: Callable[[Any], UUID | None]) -> list[tuple[Heir, list[Any]]]:
        rows = list(rows)
        return [(h, [r for r in rows if self.heir_of(person(r)) is h]) for h in self.plan.heirs]

    def _open(self, rows: QuerySet[Any], what: str) -> list[Any]:
        """Those in force on the day; refuses when one began since then, which the act would have to rewrite."""
        late = rows.filter(during__startswith__gte=self.on).count()
        refuse_if(late, "facts_since", count=late, name=self.source.short_name, what=what)
        return list(rows.filter(during__contains=self.on).order_by("pk"))  # the new rows come in the order of the old

    # steps ----------------------------------------------------------------------------------------------------------

    def members(self) -> None:
        """Đảng viên: each goes on in exactly one heir, guests too until the day they were to return."""
        rows = self._open(Belonging.objects.live().filter(unit=self.unit).select_related("person"),
                          "việc ghi đảng viên vào chi bộ")  # fmt: skip
        later = [row for row in rows if row.kind == Belonging.OFFICIAL and row.during.upper is not None]
        refuse_if(later, "facts_since", count=len(later), name=self.source.short_name, what="việc chuyển đảng viên đi")
        for heir, going in self._by_heir(rows, lambda row: row.person_id):
            official = [row for row in going if row.kind == Belonging.OFFICIAL]
            names = tuple(row.person.full_name for row in official)
            self.plan.step("members_move", len(official), self._members(heir, going), source=self.source.short_name,
                           heir=heir.label, names=names)  # fmt: skip
            guests = [row for row in going if row.kind == Belonging.TEMPORARY]
            self.plan.step("guests_move", len(guests), None if official else self._members(heir, guests),
                           source=self.source.short_name, heir=heir.label)  # fmt: skip

    def _members(self, heir: Heir, rows: list[Belonging]) -> Callable[[Journal], None]:
        def do(journal: Journal) -> None:
            unit = heir.there
            at_home = self._at_home(heir)
            anew = [
                Belonging(person=row.person, unit=unit, kind=row.kind, during=DateRange(self.on, row.during.upper),
                          way_in=Belonging.MOVED if row.kind == Belonging.OFFICIAL else "", decision=self.paper,
                          scope_path=unit.scope_path, home_path=row.home_path)
                for row in rows
                if row.kind == Belonging.OFFICIAL or row.person_id not in at_home
            ]  # fmt: skip
            guests = Belonging.objects.on(self.on).filter(unit=unit, kind=Belonging.TEMPORARY)
            journal.end(guests.filter(person__in=[r.person_id for r in rows]), self.on)  # members there now
            journal.end([r for r in rows if r.kind == Belonging.OFFICIAL], self.on, way_out=Belonging.MOVED,
                        decision_out=self.paper)  # fmt: skip
            journal.end([r for r in rows if r.kind != Belonging.OFFICIAL], self.on)
            journal.add(anew)
            follow({row.person_id for row in rows}, on=journal.today)

        return do

    def _at_home(self, heir: Heir) -> set[UUID]:
        """Who is a member there from that day on, and so no guest any more."""
        cells = [*self.plan.sources, heir.there]
        rows = Belonging.objects.live().filter(unit__in=cells, kind=Belonging.OFFICIAL, during__endswith__gte=self.on)
        still = Belonging.objects.on(self.on).filter(unit__in=cells, kind=Belonging.OFFICIAL)
        return {*rows.values_list("person", flat=True), *still.values_list("person", flat=True)}

    def posts(self, *, go_on: bool) -> None:
        """Chức vụ: they end with the unit; after a split whoever held one holds it in the heir they go to."""
        rows = self._open(Post.objects.live().filter(unit=self.unit).select_related("person"), "chức vụ ghi sau")
        keeper = [row for row in rows if row.office == Office.SERVER_KEEPER]
        self._end("posts_end", rows, [f"{r.person.full_name}, {r.get_office_display()}" for r in rows])
        for heir, held in self._by_heir(rows if go_on else keeper, lambda row: row.person_id):
            names = [f"{row.person.full_name}, {row.get_office_display()}" for row in held]
            self._again("posts_go_on", heir, held, names, term=None)

    def state_posts(self) -> None:
        """Chức vụ chính quyền: beside the heir where the holder goes."""
        rows = self._open(StatePost.objects.live().filter(unit=self.unit), "chức vụ chính quyền ghi sau")
        self._end("", rows)
        for heir, held in self._by_heir(rows, lambda row: row.person_id):
            self._again("state_posts_move", heir, held)

    def terms(self, heirs: list[Heir]) -> None:
        """Nhiệm kỳ: it ends; heirs founded by the act go on with what is left of it, so that papers get numbers."""
        rows = self._open(Term.objects.live().filter(unit=self.unit), "nhiệm kỳ ghi sau")
        self._end("terms_end", rows)
        for heir in heirs:
            self._again("terms_go_on", heir, rows)

    def bodies(self) -> None:
        """Ban, tổ, tổ đảng: they end, with the seats of their members."""
        rows = self._open(Body.objects.live().filter(unit=self.unit), "ban, tổ lập sau")
        seats = self._open(Seat.objects.live().filter(body__in=rows), "thành viên ban, tổ ghi sau")
        self._end("bodies_end", rows)
        self._end("", seats)

    def habits(self, heirs: list[Heir]) -> None:
        """Giờ và nơi sinh hoạt thường lệ; whether the minutes are kept elsewhere."""
        rows = self._open(Habit.objects.filter(unit=self.unit), "giờ sinh hoạt ghi sau")
        elsewhere = self._open(WrittenElsewhere.objects.filter(unit=self.unit), "nơi ghi sinh hoạt nói sau")
        self._end("", rows)
        self._end("", elsewhere)
        for heir in heirs:
            self._again("", heir, rows)
            self._again("", heir, elsewhere)

    def charges(self) -> None:
        """Cấp ủy viên phụ trách: they look after every heir until the committee decides otherwise, if it is theirs."""
        rows = self._open(Charge.objects.filter(unit=self.unit), "phân công phụ trách ghi sau")
        self._end("charges_end", rows)
        for heir in self.plan.heirs:
            there = Charge.objects.filter(during__contains=self.on, unit=heir.unit) if heir.unit else None
            known = set(there.values_list("person", flat=True)) if there is not None else set()
            known |= {person for there, person in self.plan.looked_after if there is heir}
            ours = [row for row in rows if self.plan.leading is None or row.person_id in self.plan.leading]
            going = [row for row in ours if row.person_id not in known]
            self.plan.looked_after += [(heir, row.person_id) for row in going]
            self._again("charges_go_on", heir, going)

    def tasks(self) -> None:
        """Nhiệm vụ còn mở: with whoever owns them; what nobody owns, with the main heir."""
        rows = Task.objects.filter(unit=self.unit, settled_on=None).order_by("given_on", "pk")
        for heir, going in self._by_heir(rows, lambda row: row.owner_id):
            self.plan.step("tasks_move", len(going), self._pass(heir, going, "given_on"), heir=heir.label,
                           source=self.source.short_name)  # fmt: skip

    def limitations(self) -> None:
        """Hạn chế còn mở: with the main heir, causes and remedies too; what was remedied stays where it was."""
        rows = list(Limitation.objects.filter(unit=self.unit, closed_on=None).order_by("entered_on", "pk"))
        heir = self.plan.main
        if heir is not None:
            self.plan.step("limitations_move", len(rows), self._pass(heir, rows, "entered_on"), heir=heir.label,
                           source=self.source.short_name)  # fmt: skip

    def meetings(self) -> None:
        """Buổi đã vào lịch mà chưa họp: with the main heir, or not held where the heir has its own of the month."""
        heir = self.plan.main
        rows = list(self._planned().order_by("meets_on", "pk"))
        taken = self.plan.months_taken
        if heir is not None and heir.unit is not None:
            taken |= set(Meeting.objects.filter(unit=heir.unit, kind=Meeting.ORDINARY).values_list("month", flat=True))
        fits = heir is not None and self.source.kind == "cell"
        dropped = [r for r in rows if not fits or (r.kind == Meeting.ORDINARY and r.month in taken)]
        going = [row for row in rows if row not in dropped]
        taken |= {row.month for row in going if row.kind == Meeting.ORDINARY}
        if heir is not None:
            self.plan.step("meetings_move", len(going), self._pass(heir, going, "planned_on"), heir=heir.label,
                           source=self.source.short_name)  # fmt: skip
        self.plan.step("meetings_not_held", len(dropped), self._drop(dropped), source=self.source.short_name)

    def _planned(self) -> QuerySet[Meeting]:
        rows = Meeting.objects.filter(unit=self.unit, meets_on__gte=self.on, closure=None)
        return rows.exclude(pk__in=NotHeld.objects.filter(withdrawn_at=None).values("meeting"))

    def _drop(self, rows: list[Meeting]) -> Callable[[Journal], None]:
        def do(journal: Journal) -> None:
            journal.add(
                NotHeld(meeting=row, reason=WENT_ON, at=journal.at, by_account=self.account, scope_path=row.scope_path)
                for row in rows
            )

        return do

    def _pass(self, heir: Heir, rows: list[Any], day: str) -> Callable[[Journal], None]:
        def do(journal: Journal) -> None:
            anew = {row.pk: path_of(heir.there, getattr(row, day)) for row in rows if getattr(row, day) >= self.on}
            journal.pass_on(rows, heir.there, anew)

        return do

    def localities(self) -> None:
        """Địa bàn: those of a commune and those a cell serves go on with the main heir; without one nobody serves."""
        lying = self._open(Siting.objects.live().filter(unit=self.unit), "địa bàn ghi sau")
        served = self._open(Service.objects.live().filter(cell=self.unit), "địa bàn phụ trách ghi sau")
        heir = self.plan.main
        refuse_if(lying and heir is None, "localities_remain", count=len(lying))
        self._end("" if heir else "localities_left", [*served])
        self._end("", lying)
        if heir is not None and heir.unit != self.unit:
            for to, rows in self._lying(lying):
                self._again("localities_move", to, rows)
                if to is not heir or self.plan.act == Decision.SPLIT:
                    self.plan.step("quiet", len(rows), self._hang(to, rows))
            self.plan.step("localities_go_on", len(served), self._serve(heir, served), source=self.source.short_name,
                           heir=heir.label)  # fmt: skip

    def _lying(self, rows: list[Siting]) -> list[tuple[Heir, list[Siting]]]:
        """A locality goes where the cell goes that serves it; the others to the main heir."""
        serving = Service.objects.on(self.on).filter(locality__in=[row.locality_id for row in rows], cell__isnull=False)
        cells = dict(serving.values_list("locality", "cell__scope_path"))
        lines = {pk: set(unit_ids(path)) for pk, path in cells.items()}

        def heir_of(row: Siting) -> Heir | None:
            line = lines.get(row.locality_id, set())
            return next((heir for heir in self.plan.heirs if heir.units & line), self.plan.main)

        return [(heir, [row for row in rows if heir_of(row) is heir]) for heir in self.plan.heirs]

    def _hang(self, heir: Heir, rows: list[Siting]) -> Callable[[Journal], None]:
        """What is known of a locality belongs where the locality now lies, unlike what a split unit leaves behind."""
        keys = [row.locality_id for row in rows]

        def do(journal: Journal) -> None:
            facts = (
                model.objects.live().filter(locality__in=keys, during__contains=self.on) for model in (Service, AreaTag)
            )
            for row in chain(Locality.objects.filter(pk__in=keys), *facts):
                journal.say_otherwise(row, scope_path=heir.there.scope_path)

        return do

    def _serve(self, heir: Heir, rows: list[Service]) -> Callable[[Journal], None]:
        untils = [row.during.upper for row in rows]

        def do(journal: Journal) -> None:
            journal.add(
                row.said_anew(cell_id=heir.there.pk, during=DateRange(self.on, until), decision=self.paper, cause="")
                for row, until in zip(rows, untils, strict=True)
            )

        return do

    def papers(self) -> None:
        """Biên bản, nghị quyết, báo cáo: with the unit that made them, kept by the main heir."""
        count = Unit.objects.get(pk=self.unit.pk).paper_numbers.count()
        held = self.plan.main.label if self.plan.main else ""
        self.plan.step("papers_stay", count, None, source=self.source.short_name, heir=held)

    # the two things done with dated rows ----------------------------------------------------------------------------

    def _end(self, code: str, rows: list[Any], names: Iterable[str] = ()) -> None:
        self.plan.step(code or "quiet", len(rows), lambda journal: journal.end(rows, self.on),
                       source=self.source.short_name, names=tuple(names))  # fmt: skip

    def _again(self, code: str, heir: Heir, rows: list[Any], names: Iterable[str] = (), **changes: Any) -> None:
        """The same facts of the heir, from the day on to where they would have ended."""
        untils = [row.during.upper for row in rows]

        def do(journal: Journal) -> None:
            journal.add(
                _anew(row, heir.there, DateRange(self.on, until), self.paper, changes)
                for row, until in zip(rows, untils, strict=True)
            )

        self.plan.step(code or "quiet", len(rows), do, source=self.source.short_name, heir=heir.label,
                       names=tuple(names))  # fmt: skip


def _anew(row: Any, unit: Unit, during: DateRange, paper: str, changes: dict[str, Any]) -> Any:
    skipped = {"withdrawn_at", "withdrawn_by", "withdrawn_why"}
    fields = [f for f in row._meta.concrete_fields if not f.primary_key and f.attname not in skipped]
    said = {f.attname: getattr(row, f.attname) for f in fields}
    said |= {"unit_id": unit.pk, "scope_path": unit.scope_path, "during": during}
    if "decision" in said:
        said["decision"] = paper
    for name, value in changes.items():
        said[f"{name}_id" if value is None else name] = value
    return type(row)(**said)


def one_secretary(plan: Plan, kept: Iterable[Placement]) -> list[str]:
    """Short names of heirs nobody will lead on the day: the page warns."""
    led = set(Post.objects.on(plan.on).filter(office__in=HELD_BY_ONE, unit__in=[p.unit_id for p in kept])
              .values_list("unit", flat=True))  # fmt: skip
    return [placement.short_name for placement in kept if placement.unit_id not in led]
