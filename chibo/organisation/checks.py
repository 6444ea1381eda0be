"""What `chibo check` looks at in this room: paths are what the placements say."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.kernel.paths import segment
from chibo.organisation.models import PathVersion, Placement, Unit


def checks() -> Iterator[str]:
    """Findings in Vietnamese, one line each; nothing when all is well."""
    scope = dict(Unit.objects.values_list("pk", "scope_path"))
    for unit, path in scope.items():
        if not path.endswith(segment(unit)):
            yield f"Đơn vị {unit}: vị trí trong cây sai."
    open_ended = Placement.objects.filter(during__upper_inf=True)
    for unit, parent in open_ended.values_list("unit", "parent"):
        above = scope.get(parent, "") if parent else ""
        if scope.get(unit) != above + segment(unit):
            yield f"Đơn vị {unit}: vị trí trong cây khác với đơn vị cấp trên."
    for model in (Placement, PathVersion):
        for row in model.objects.select_related("unit").exclude(scope_path="").iterator():
            if row.scope_path != row.unit.scope_path:
                yield f"Đơn vị {row.unit_id}: một dòng {model.__name__} nằm sai nhánh."
