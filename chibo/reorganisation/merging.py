"""Nhập hai hồ sơ của một người: what differs, what moves, what stays, what forbids it; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from chibo.access.models import Account
from chibo.cadres.authority import beyond, held_posts
from chibo.cadres.models import Post, Seat, StatePost
from chibo.issues.models import Remedy
from chibo.kernel.actor import Actor, Power
from chibo.kernel.dates import show_day
from chibo.kernel.errors import refuse_if
from chibo.meetings.models import AbsenceNotice, Charge, Closure, Meeting, NotHeld, SheetEntry, Task, Visit
from chibo.membership.models import Apart, Erasure, Merging, Particular, Person
from chibo.membership.particulars import FIELDS, NAME
from chibo.membership.policy import must_write
from chibo.membership.today import gone_into
from chibo.reorganisation.joining import KEPT, MERGED, TABLES, Choices, Track, counted_twice, settle, tracks_of

ACCOUNT = "account"


@dataclass(slots=True)
class Pairing:
    """Both records as they stand, and (once settled) what becomes of them."""

    kept: Person
    merged: Person
    tracks: list[Track]
    accounts: dict[str, Account] = field(default_factory=dict)  # side → account
    tasks: list[Task] = field(default_factory=list)  # open ones of the record that goes
    remedies: list[Remedy] = field(default_factory=list)  # likewise
    charges: list[Charge] = field(default_factory=list)
    themes: list[Meeting] = field(default_factory=list)  # to be prepared by it
    name: str = KEPT
    account: str = ""  # whose account stays

    @property
    def differing(self) -> list[str]:
        """Codes somebody has to choose for: the name, the account, a standing, a field."""
        found = [NAME.code] if self.kept.full_name != self.merged.full_name else []
        found += [ACCOUNT] if len(self.accounts) == 2 else []
        return found + [track.code for track in self.tracks if track.differs]


def pairing_of(kept: Person, merged: Person, *, by: Actor) -> Pairing:
    """Read both records.

    Raises NoPower, Refused: same_record, person_merged, apart_first, erased_in_one, rows_out_of_sight.
    """
    for each in (kept, merged):
        by.must(Power.ADMIT, each.scope_path)
    refuse_if(kept.pk == merged.pk, "same_record")
    refuse_if(Merging.objects.standing().filter(merged__in=[kept.pk, merged.pk]).exists(), "person_merged")
    one, two = sorted([kept.pk, merged.pk])
    refuse_if(Apart.objects.standing().filter(person=one, other=two).exists(), "apart_first")
    _refuse_half_erased(kept, merged)
    found = Pairing(kept, merged, tracks_of(kept, merged))
    held = Account.objects.filter(person__in=[kept.pk, merged.pk]).select_related("person")
    found.accounts = {KEPT if row.person.pk == kept.pk else MERGED: row for row in held}
    found.tasks = list(Task.objects.filter(owner=merged, settled_on=None).order_by("pk"))
    found.remedies = list(Remedy.objects.live().filter(owner=merged, confirmed_on=None).order_by("pk"))
    found.charges = list(Charge.objects.filter(person=merged).order_by("pk"))
    found.themes = list(Meeting.objects.filter(presenter=merged, closure=None).order_by("pk"))
    _refuse_unseen(found)
    return found


def _refuse_half_erased(kept: Person, merged: Person) -> None:
    """What the person asked to erase of the one record goes from the other first: no split would undo that."""
    into = gone_into([kept.pk, merged.pk])
    records = [kept.pk, merged.pk, *into]
    gone = Erasure.objects.filter(person__in=records).values_list("person", "field", "on")
    codes = {field for _, field, _ in gone}
    rows = Particular.objects.filter(person__in=records, field__in=codes).exclude(value="") if codes else []
    held = {(into.get(row.person_id, row.person_id), row.field) for row in rows}
    for pk, code, day in gone:
        other = merged if into.get(pk, pk) == kept.pk else kept
        refuse_if((other.pk, code) in held, "erased_in_one", field=FIELDS[code].label, day=day)


def _refuse_unseen(found: Pairing) -> None:
    """Rows the second wall hides would stay behind with the record that goes."""
    theirs = sum(len(track.theirs) for track in found.tracks)
    ours = sum(len(track.ours) for track in found.tracks)
    for person, seen in (
        (found.merged, theirs + len(found.tasks) + len(found.remedies) + len(found.charges) + len(found.themes)),
        (found.kept, ours),
    ):
        with connection.cursor() as cursor:
            cursor.execute("SELECT chibo_facts_of(%s, %s)", [person.pk, person is found.merged])
            refuse_if(cursor.fetchone()[0] != seen, "rows_out_of_sight", name=person.full_name)


def settled(found: Pairing, choices: Choices, *, on: date, by: Actor) -> Pairing:
    """Decide everything, or say what stands against it. `on` is today.

    Raises NoPower, and Refused as `settle`, and: choose_each, sheet_open, two_charges, not_for_oneself, account_beyond.
    """
    settle(found.tracks, found.kept, choices)
    _must(found, by)
    found.name = _chosen(found, NAME.code, choices)
    _settle_accounts(found, choices, on, by)
    open_sheet = next(_open_sheets(found.merged), None)
    refuse_if(open_sheet is not None, "sheet_open", **(open_sheet or {}))
    for charge in found.charges:
        twice = Charge.objects.filter(person=found.kept, unit=charge.unit_id, during__overlap=charge.during)
        refuse_if(twice.exists(), "two_charges", day=charge.during.lower)
    return found


def _chosen(found: Pairing, code: str, choices: Choices) -> str:
    if code not in found.differing:
        return KEPT
    side = choices.get(code, "")
    refuse_if(side not in {KEPT, MERGED}, "choose_each")
    return side


def _must(found: Pairing, by: Actor) -> None:
    """Who may correct each of the rows."""
    rows = [row for track in found.tracks for row in (*track.taken, *track.said)]
    codes = {row.field for row in rows if isinstance(row, Particular) and row.field in FIELDS}
    must_write(by, codes, {found.kept.scope_path, found.merged.scope_path})
    for row in rows:
        if isinstance(row, Post | StatePost | Seat):
            by.must(Power.APPOINT, row.scope_path)


def _settle_accounts(found: Pairing, choices: Choices, on: date, by: Actor) -> None:
    if MERGED not in found.accounts:
        return
    found.account = _chosen(found, ACCOUNT, choices) if len(found.accounts) == 2 else MERGED
    refuse_if(by.person_id in {found.kept.pk, found.merged.pk}, "not_for_oneself")
    for person in (found.kept, found.merged):
        by.must(Power.APPOINT, person.scope_path)
    for account in found.accounts.values():
        refuse_if(beyond(by, held_posts(account.pk, on=on)), "account_beyond")


def _open_sheets(person: Person) -> Iterator[dict[str, Any]]:
    """Meetings not closed yet in whose papers this record stands: closing them comes first."""
    off = NotHeld.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None)
    marks = SheetEntry.objects.filter(
        Q(field__in=[f"roll.{person.pk}", f"reason.{person.pk}"]) | Q(value=str(person.pk)), meeting=OuterRef("pk")
    )
    notices = AbsenceNotice.objects.filter(meeting=OuterRef("pk"), person=person)
    visits = Visit.objects.filter(meeting=OuterRef("pk"), person=person)
    named = Exists(marks) | Exists(notices) | Exists(visits)
    for meeting in Meeting.objects.filter(~Exists(off), named, closure=None).order_by("meets_on")[:1]:
        yield {"title": meeting.title, "day": meeting.meets_on}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the preview: a sentence, and what stands behind it."""

    words: str
    rows: tuple[Any, ...] = ()


def lines_of(found: Pairing, *, names: dict[int, str]) -> Iterator[Told]:
    """Những gì sẽ đổi, with counts; then what stays, and what of the figures is put right."""
    for model, words in _TABLE_WORDS.items():
        tracks = [track for track in found.tracks if track.model is model]
        said = tuple(row for track in tracks for row in track.said)
        gone = [row for track in tracks for row in track.taken]
        if said or gone:
            new = f"{len(said)} dòng ghi vào hồ sơ giữ lại" if said else "hồ sơ giữ lại đã có đủ"
            yield Told(f"{words}: {new}, {len(gone)} dòng cũ vào phần «Đã sửa»", said)
    for count, words in (
        (len(found.tasks), "nhiệm vụ chưa xong chuyển sang hồ sơ giữ lại"),
        (len(found.remedies), "biện pháp khắc phục chưa xong chuyển sang hồ sơ giữ lại"),
        (len(found.charges), "lần phân công phụ trách chi bộ chuyển sang hồ sơ giữ lại"),
        (len(found.themes), "chuyên đề đang chuẩn bị chuyển sang hồ sơ giữ lại"),
    ):
        if count:
            yield Told(f"{count} {words}")
    if found.name == MERGED:
        yield Told(f"Họ và tên đổi thành {found.merged.full_name}; tên cũ vào phần «Đã sửa»")
    if found.account:
        yield Told(_account_words(found))
    yield from _meetings(found)
    for unit, first, after in counted_twice(found.tracks):
        until = f" đến trước ngày {show_day(after)}" if after else ""
        yield Told(
            f"Từ {show_day(first)}{until}, {names.get(unit, 'chi bộ')} đã đếm người này hai lần: số đảng viên của "
            "những ngày ấy giảm 1. Biên bản, báo cáo đã ban hành giữ nguyên số đã ghi"
        )  # fmt: skip


_TABLE_WORDS = dict(
    zip(
        TABLES,
        ["Nơi sinh hoạt", "Chính thức, dự bị", "Miễn sinh hoạt, nhiệm vụ đặc biệt", "Thông tin trong phiếu",
         "Chức vụ", "Chức vụ chính quyền, đoàn thể", "Thành viên ban, tổ"],
        strict=True,
    )
)  # fmt: skip


def _account_words(found: Pairing) -> str:
    stays = found.accounts[found.account].username
    other = KEPT if found.account == MERGED else MERGED
    if other not in found.accounts:
        return f"Tài khoản «{stays}» từ nay mở hồ sơ giữ lại"
    return f"Tài khoản «{stays}» mở hồ sơ giữ lại; tài khoản «{found.accounts[other].username}» bị khóa"


def _meetings(found: Pairing) -> Iterator[Told]:
    named = Q(roll__contains=[found.merged.pk]) | Q(exceptions__person=found.merged)
    held = Closure.objects.filter(named).distinct().count()
    both = Closure.objects.filter(roll__contains=[found.kept.pk, found.merged.pk]).count()
    if held:
        twice = f", trong đó {both} buổi có cả hai hồ sơ trong danh sách" if both else ""
        yield Told(f"{held} buổi đã kết thúc có hồ sơ nhập đi{twice}: biên bản, điểm danh, con số giữ nguyên")
