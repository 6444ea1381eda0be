"""What a user can do with units and with the localities they serve, one file a kind of act."""

from chibo.organisation.operations.localities import (
    NewLocality,
    change_locality,
    correct_siting,
    end_locality,
    register_localities,
    register_locality,
    withdraw_locality,
)
from chibo.organisation.operations.serving import (
    correct_service,
    correct_tag,
    end_tag,
    serve_locality,
    tag_locality,
    withdraw_service,
    withdraw_tag,
)
from chibo.organisation.operations.taking_back import facts_of_localities, take_back_localities
from chibo.organisation.operations.units import found_unit, rename_unit, unfound_units

__all__ = [
    "NewLocality",
    "change_locality",
    "correct_service",
    "correct_siting",
    "correct_tag",
    "end_locality",
    "end_tag",
    "facts_of_localities",
    "found_unit",
    "register_localities",
    "register_locality",
    "rename_unit",
    "serve_locality",
    "tag_locality",
    "take_back_localities",
    "unfound_units",
    "withdraw_locality",
    "withdraw_service",
    "withdraw_tag",
]
