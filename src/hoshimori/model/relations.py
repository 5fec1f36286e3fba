"""What makes two objects belong together, as far as a catalogue shows."""

from __future__ import annotations

from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Relation
from hoshimori.model.objects import launch_of

_ORBIT = (
    "epoch_utc",
    "mean_motion_rev_day",
    "eccentricity",
    "inclination_deg",
    "raan_deg",
    "arg_of_pericenter_deg",
    "mean_anomaly_deg",
)


def relation_between(element_sets: ElementSets, first: int, second: int) -> Relation:
    """Return the relation of the objects in two rows.

    Catalogues give docked objects one and the same element set; a launch shows in the designator.
    """
    columns = (getattr(element_sets, name) for name in _ORBIT)
    if all(column[first] == column[second] for column in columns):
        return Relation.DOCKED
    launch = launch_of(str(element_sets.object_id[first]))
    if launch and launch == launch_of(str(element_sets.object_id[second])):
        return Relation.SAME_LAUNCH
    return Relation.UNRELATED
