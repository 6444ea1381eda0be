"""What `chibo check` looks at in this room: what a person's row says of today is what the dated facts say."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from chibo.kernel.dates import now, show_day
from chibo.membership.models import Belonging, Erasure, Particular, Person, Standing
from chibo.membership.particulars import FIELDS, field_shown
from chibo.membership.today import FOLLOWERS
from chibo.platform import erased


def checks() -> Iterator[str]:
    """Findings in Vietnamese, one line each; nothing when all is well."""
    yield from _out_of_place()
    yield from _without_standing()
    yield from _broken_movement()
    yield from _still_there()
    for model, column, whose in FOLLOWERS:
        for row in model.objects.exclude(**{column: F(f"{whose}__scope_path")}).iterator():
            yield f"Đảng viên {getattr(row, f'{whose}_id')}: một dòng {model.__name__} nằm sai nhánh."


def _out_of_place() -> Iterator[str]:
    day = timezone.localdate(now())
    due = Person.objects.filter(follow_on__lt=day)  # the calendar has the whole day to follow
    for person in due.iterator():
        yield f"Đảng viên {person.pk}: đã qua ngày chuyển mà lịch chưa chạy."
    home = Belonging.objects.on(day).filter(person=OuterRef("pk"), kind=Belonging.OFFICIAL)
    people = Person.objects.annotate(home=Subquery(home.values("unit__scope_path")[:1])).exclude(follow_on__lte=day)
    for person in people.exclude(home=None).exclude(scope_path=F("home")).iterator():
        yield f"Đảng viên {person.pk}: nhánh của hôm nay khác với chi bộ đang sinh hoạt."


def _without_standing() -> Iterator[str]:
    """Every day on the list of members is a day of official or probationary standing."""
    day = timezone.localdate(now())
    stands = Standing.objects.on(day).values("person")
    for row in Belonging.objects.on(day).filter(kind=Belonging.OFFICIAL).exclude(person__in=stands).iterator():
        yield f"Đảng viên {row.person_id}: trong danh sách mà không ghi chính thức hay dự bị."


def _broken_movement() -> Iterator[str]:
    """Start and in, less out, is the end only when every coming and leaving says its way and meets its other half."""
    rows = Belonging.objects.live().filter(kind=Belonging.OFFICIAL)
    for row in rows.filter(during__upper_inf=False, way_out="").iterator():
        yield f"Đảng viên {row.person_id}: ra khỏi danh sách ngày {show_day(row.during.upper)} mà chưa ghi lý do."
    same = rows.filter(person=OuterRef("person"))
    before = same.filter(during__endswith=OuterRef("during__startswith"))
    for row in rows.filter(~Exists(before), way_in=Belonging.MOVED).iterator():
        yield f"Đảng viên {row.person_id}: chuyển đến ngày {show_day(row.during.lower)} mà không có nơi đi."
    after = same.filter(during__startswith__gte=OuterRef("during__endswith"))
    for row in rows.filter(~Exists(after), during__upper_inf=False, way_out=Belonging.MOVED).iterator():
        yield f"Đảng viên {row.person_id}: chuyển đi ngày {show_day(row.during.upper)} mà không có nơi đến."


def _still_there() -> Iterator[str]:
    """A value that stands though its erasure is recorded: in the book, or in the file beside it."""
    gone = Erasure.objects.filter(person=OuterRef("person"), field=OuterRef("field"))
    for row in Particular.objects.filter(Exists(gone)).exclude(value="").iterator():
        yield f"Đảng viên {row.person_id}: «{field_shown(row.field).label}» đã xóa theo yêu cầu mà vẫn còn giá trị."
    lines = [line for line in erased.known() if line.field in FIELDS and FIELDS[line.field].erasable]
    if not lines:
        return
    done = set(Erasure.objects.values_list("person", "field"))
    here = set(Person.objects.filter(pk__in={line.person for line in lines}).values_list("pk", flat=True))
    for line in lines:
        if line.person in here and (line.person, line.field) not in done:
            yield (
                f"Đảng viên {line.person}: «{field_shown(line.field).label}» đã xóa theo yêu cầu, bản phục hồi cũ hơn "
                "nên có lại. Chạy: chibo init"
            )
