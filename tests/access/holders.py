"""Who holds which power where: the second half of the access matrix, written by hand and never computed."""

from __future__ import annotations

from collections.abc import Mapping

from chibo.kernel.actor import Power

Where = Mapping[str, frozenset[str]]  # principal → units; whoever is not named holds it nowhere
NA_LOC, POM_KHE, KHUOI_MOC = frozenset({"na_loc"}), frozenset({"pom_khe"}), frozenset({"khuoi_moc"})
COMMUNE = NA_LOC | POM_KHE | {"commune"}
PROVINCE = COMMUNE | KHUOI_MOC | {"other_commune", "province"}
CELL_LEADERS: Where = {"secretary": NA_LOC, "deputy": NA_LOC, "neighbour": POM_KHE, "stranger": KHUOI_MOC}
CHAIRS: Where = {**CELL_LEADERS, "office": frozenset({"commune"}), "leader": frozenset({"commune"})}
OFFICE: Where = {"office": COMMUNE}

HOLDS: Mapping[Power, Where] = {
    Power.READ: {**CELL_LEADERS, "office": COMMUNE, "leader": COMMUNE, "province": PROVINCE},
    Power.CHAIR: CHAIRS,
    Power.SCHEDULE: {**CHAIRS, **OFFICE},
    Power.ASSIGN: CHAIRS,
    Power.REMEDY: {**CELL_LEADERS, "office": COMMUNE, "leader": COMMUNE},
    Power.ADMIT: OFFICE,
    Power.SENSITIVE: OFFICE,
    Power.APPOINT: OFFICE,
    Power.ORGANISE: OFFICE,
    Power.DIRECT: OFFICE,
    Power.HELP: OFFICE,
    Power.SEE_READINGS: {"leader": COMMUNE},
    Power.KEEP_SERVER: {"keeper": frozenset({"province"})},
}

# The names of the line above and of one's own cell may be read, so the second wall lets these units through;
# the first one does not.
ABOVE: Where = {
    **dict.fromkeys(["secretary", "deputy", "neighbour"], frozenset({"commune", "province"})),
    **dict.fromkeys(["office", "leader"], frozenset({"province"})),
    "stranger": frozenset({"other_commune", "province"}),
    **dict.fromkeys(["former", "member"], frozenset({"na_loc"})),
    "keeper": frozenset({"khuoi_moc"}),
}

EVERYBODY, SIGNED_IN = "everybody", "signed in"
Who = Power | Where | str
ASKED: Where = {"member": NA_LOC}  # the member whose invitation it is
# Who answers for what was sent to a cell: its leaders, or the office above that types for them.
ANSWERS: Where = {**CELL_LEADERS, **OFFICE}
SENT_TO: Where = {
    "secretary": frozenset({"commune"}), "deputy": frozenset({"commune"}), "stranger": frozenset({"other_commune"}),
}  # fmt: skip
# Who writes plans and numbers of a unit: whoever leads it, or the office above that types for it.
PLANS: Where = {**CELL_LEADERS, **OFFICE, "leader": frozenset({"commune"})}
# What the line above asks for is read below.
ASKED_FOR: Where = {
    **HOLDS[Power.READ],  # type: ignore[dict-item]
    **dict.fromkeys(["secretary", "deputy", "neighbour"], COMMUNE), "stranger": KHUOI_MOC | {"other_commune"},
}  # fmt: skip
DEFINES: Where = OFFICE  # power over the unit that receives the form; others who read it are told so
# Who planned to attend, or the office above that types for them.
OBSERVERS: Where = {**OFFICE, "leader": NA_LOC | POM_KHE, "province": KHUOI_MOC}
UNDER_AN_OFFICE: Where = {"office": NA_LOC | POM_KHE}  # what stands above decides: a commune does not split itself
