"""What `chibo check` looks at in this room: what a person's row says of today is what the dated facts say."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from chibo.kernel.dates import now
from chibo.membership.models import Belonging, Person, Standing
from chibo.membership.today import FOLLOWERS


def checks() -> Iterator[str]:
    """Findings in Vietnamese, one line each; nothing when all is well."""
    yield from _out_of_place()
    yield from _without_standing()
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
