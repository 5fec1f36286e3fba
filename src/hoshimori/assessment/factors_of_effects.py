"""What was done and how grave it was: severity, reversibility, directness, invasiveness, on Earth.

These are the factors with anchors from 0 to 4; what an anchor means stands in the assessment model.
"""

from __future__ import annotations

from hoshimori.assessment.factor_ground import Ground, proposal, unknown
from hoshimori.model.assessments import Factor

_CAME_APART = (
    "second_cloud",
    "no_second_cloud",
    "cloud_even",
    "cloud_one_sided",
    "speeds_of_explosions",
    "speeds_of_collisions",
)
_LOST = ("stated_service_lost", "stated_tumbling_seen", "stated_pieces_seen")
_LINK = ("stated_link_interference", "stated_radio_or_cyber_effect")
_TAKEN_OVER = ("stated_uncommanded_state",)
_NAVIGATION = (
    "integrity_low_new",
    "integrity_low_usual",
    "positions_displaced",
    "stated_navigation_disturbed",
    "reception_fell_together",
    "reception_stronger_alike",
)
_DISTURBED = (*_NAVIGATION, *_LINK)
_STRUCK = ("second_cloud", "stated_interceptor_seen")
_CONTACT = ("company_towed", "docked", "company_moved_together")
_SAME_PLANE = ("plane_matched", "plane_kept", "plane_came_together", "plane_launched_into")
_BESIDE = ("stays_beside", "arrived_and_stopped", "company_visit", "visits_repeated")
_CONSENT = (
    "stated_same_operator",
    "stated_own_object",
    "stated_servicing_licence",
    "stated_own_slot",
    "same_launch",
    "same_constellation",
)
_INVASIONS = (
    ("4", "contact_or_takeover", (*_CONTACT, *_TAKEN_OVER)),
    ("3", "link_or_command", _LINK),
    ("2", "very_near_or_same_plane", _SAME_PLANE),
    ("1", "loitering", _BESIDE),
)
"""The gravest first."""


def severity(ground: Ground) -> Factor:
    """Return F1: what harm was observed."""
    kept = ground.having("stated_service_kept")
    lost = ground.having("stated_service_lost")
    apart = ground.having(*_CAME_APART)
    disturbed = ground.having(*_DISTURBED, *_TAKEN_OVER, "stated_telemetry_anomaly")
    missing = () if kept or lost else ("stated_service_kept",)
    if not (apart or lost or disturbed):
        return proposal("F1", "0", "no_harm_observed", supporting=kept, missing=missing)
    if apart:
        anchor, because = "3", "object_came_apart"
    elif lost:
        anchor, because = "3", "service_lost"
    else:
        anchor, because = "2", "service_disturbed"
    harm = (*lost, *apart) or disturbed
    return proposal("F1", anchor, because, supporting=harm, contradicting=kept, missing=missing)


def reversibility(ground: Ground) -> Factor:
    """Return F2: whether the effect can stop without repair."""
    if apart := ground.having(*_CAME_APART):
        return proposal("F2", "4", "object_came_apart", supporting=apart)
    if towed := ground.having("company_towed"):
        return proposal("F2", "3", "moved_by_another", supporting=towed)
    if disturbed := ground.having(*_DISTURBED):
        return proposal("F2", "1", "interference_can_stop", supporting=disturbed)
    lost = ground.having(*_LOST)
    because = "loss_may_be_lasting" if lost else "no_effect_to_reverse"
    return unknown("F2", because, ("stated_service_kept",))


def directness(ground: Ground) -> Factor:
    """Return F4: how many causes lie between an act and the harm."""
    if struck := ground.having(*_STRUCK):
        return proposal("F4", "4", "seen_to_strike", supporting=struck)
    if ground.having(*_CAME_APART, *_DISTURBED, *_LOST, *_TAKEN_OVER):
        return unknown("F4", "cause_not_seen", ("stated_fault_found", "stated_interceptor_seen"))
    return proposal("F4", "0", "no_effect_to_link")


def invasiveness(ground: Ground) -> Factor:
    """Return F5: how far another came into the asset or its neighbourhood."""
    consent = ground.having(*_CONSENT)
    for anchor, because, kinds in _INVASIONS:
        if found := ground.having(*kinds):
            return proposal(
                "F5",
                anchor,
                because,
                supporting=found,
                contradicting=consent,
                missing=() if consent else ("stated_same_operator",),
            )
    return proposal("F5", "0", "passive_or_far")


def effects_on_earth(ground: Ground) -> Factor:
    """Return F8: what came of it on Earth and for people."""
    if found := ground.having(*_NAVIGATION, "stated_ground_intrusion"):
        return proposal("F8", "2", "regional_service", supporting=found)
    return unknown("F8", "effects_on_earth_not_looked_at", ("stated_service_kept",))
