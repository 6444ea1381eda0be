"""What `chibo check` looks at in this room: nothing lives on in a unit that has ended, nobody descends from oneself."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from chibo.cadres.models import Post
from chibo.membership.models import Belonging
from chibo.organisation.models import Placement
from chibo.reorganisation.models import Descent


def checks() -> Iterator[str]:
    """Findings in Vietnamese, one line each; nothing when all is well."""
    standing = Placement.objects.filter(unit=OuterRef("unit"), during__upper_inf=True)
    for model, words in ((Belonging, "đảng viên sinh hoạt"), (Post, "người giữ chức vụ")):
        rows = model.objects.live().filter(during__upper_inf=True, unit__isnull=False)
        for unit in rows.filter(~Exists(standing)).values_list("unit", flat=True).distinct():
            yield f"Đơn vị {unit} đã kết thúc mà còn {words} chưa có ngày cuối."
    heirs: dict[int, set[int]] = {}
    for source, heir in Descent.objects.filter(decision__withdrawn_at=None).values_list("source", "heir"):
        heirs.setdefault(source, set()).add(heir)
    for unit in heirs:
        if unit in _reached(unit, heirs):
            yield f"Đơn vị {unit} kế thừa chính mình."


def _reached(unit: int, heirs: dict[int, set[int]]) -> set[int]:
    reached: set[int] = set()
    front = set(heirs[unit])
    while front:
        reached |= front
        front = {heir for each in front for heir in heirs.get(each, ())} - reached
    return reached
