"""English words of evidence: what was seen or stated; the keys are those of every language."""

from __future__ import annotations

EVIDENCE_WORDS: dict[str, str] = {
    "evidence.docked": "Both share one motion: they are docked.",
    "evidence.same_launch": "Both come from one launch.",
    "evidence.same_constellation": "Both belong to one constellation.",
    "evidence.formation": "They keep their distance for many revolutions.",
    "evidence.pass_at_speed": "They pass one another at high speed.",
    "evidence.pass_slow": "They pass one another slowly.",
    "evidence.passes_by": "It drifts past without stopping.",
    "evidence.comes_to_slot": "Its drift will bring it there; whether it stops is not known.",
    "evidence.stays_beside": "It stays beside the asset.",
    "evidence.arrived_and_stopped": "It came and stopped there.",
    "evidence.left": "It is leaving.",
    "evidence.asset_moved_itself": "The asset is the one that came.",
    "evidence.company_towed": (
        "An object that only nature had moved was met, and changed its orbit at once."
    ),
    "evidence.company_moved_together": "They docked and later had another common orbit.",
    "evidence.company_travelling": "Both moved by themselves and remained together.",
    "evidence.company_colocated": "Both stand at their usual slots.",
    "evidence.company_first_place": "The one that came had come from its launch.",
    "evidence.company_relocation": "The one that came had a usual slot and moves rarely.",
    "evidence.company_free_passing": "One of them is moved by nature alone.",
    "evidence.company_visit": "The one that came is neither at home there nor on its way home.",
    "evidence.arrived_controlled": "One of them changed its own orbit as they came together.",
    "evidence.arrived_natural": "They came together as nature alone has it.",
    "evidence.visits_repeated": "The one that came stood at many other slots before.",
    "evidence.lit_approach": (
        "When nearest, the other had the asset in light as good as at few other moments."
    ),
    "evidence.ordinary_light": "When nearest, the light on the asset was as chance gives it.",
    "evidence.rare": "So much is rare among comparable objects.",
    "evidence.plane_matched": "The orbit planes agree.",
    "evidence.plane_kept": "The planes were kept together against free drift.",
    "evidence.plane_came_together": (
        "The planes came together although free drift would not have brought them so."
    ),
    "evidence.plane_launched_into": "It was in the plane from its first elements on.",
    "evidence.other_burned": "The other object changed its orbit.",
    "evidence.asset_burned": "The asset changed its orbit; its owner knows why.",
    "evidence.pattern_left": "An object departs from its own pattern of life.",
    "evidence.parted_gently": "Objects parted at the speed of springs.",
    "evidence.parted_fast": "Objects parted faster than springs part them.",
    "evidence.second_cloud": "A second cloud from another plane parted at that point and moment.",
    "evidence.no_second_cloud": "No second cloud parted at that point and moment.",
    "evidence.passes_above_chance": "More objects passed the point then than chance has it.",
    "evidence.no_pass": "No more objects passed the point then than chance has it.",
    "evidence.cloud_even": "Pieces were thrown to all sides alike.",
    "evidence.cloud_one_sided": "Pieces were thrown to one side.",
    "evidence.speeds_of_explosions": "The speeds of the pieces are those of explosions.",
    "evidence.speeds_of_collisions": "The speeds of the pieces are those of collisions.",
    "evidence.energy_low": "The pieces got little energy.",
    "evidence.energy_high": "The pieces got much energy.",
    "evidence.launch_fresh": "The launch was days old: propellant may have been left.",
    "evidence.elements_overdue": "Element sets are overdue.",
    "evidence.object_lost": "The object is lost to the catalogue.",
    "evidence.presumed_decayed": "It is presumed to have re-entered.",
    "evidence.sinks_to_end": "Its orbit sinks to its end.",
    "evidence.integrity_low_new": (
        "Many aircraft report low navigation integrity over an area where that is rare."
    ),
    "evidence.integrity_low_usual": (
        "Aircraft report low navigation integrity over an area where that is usual."
    ),
    "evidence.reception_fell_together": (
        "All signals of a receiver fell together, as by power from outside."
    ),
    "evidence.reception_shut_out": (
        "Signals of a receiver were shut out, as where something stands between."
    ),
    "evidence.reception_stronger_alike": (
        "Signals of a receiver became stronger and alike while position or clock jumped."
    ),
    "evidence.reception_of_one_satellite": "One satellite alone fell at a receiver.",
    "evidence.reception_faded": "Signals of a receiver faded slowly, as in rain.",
    "evidence.reception_changes_slowly": "Reception of a receiver changed over days.",
    "evidence.emitter_located": "Where the signal came from was located: an area on the ground.",
    "evidence.positions_displaced": "Aircraft report wrong positions with good integrity.",
    "evidence.nature_geomagnetic_storm": "There was a geomagnetic storm at the time.",
    "evidence.no_geomagnetic_storm": "The geomagnetic field was quiet at the time.",
    "evidence.nature_eclipse": "The asset entered or left the shadow of the Earth at the time.",
    "evidence.nature_sun_outage": "The Sun stood behind the satellite for receivers on the ground.",
    "evidence.nature_debris_strike": "Strikes by small debris are to be expected there.",
    "evidence.nature_conjunction": "A catalogued object passed at that place and time.",
    "evidence.nature_decay": "The object was about to re-enter.",
    "evidence.nature_known_failure": "Objects of this make failed in this way before.",
    "evidence.nature_free_drift": "It moves as a body that nobody steers.",
    "evidence.nature_data_artefact": "The data have marks of an error.",
    "evidence.stated_notice_given": "It was announced before.",
    "evidence.stated_same_operator": "The parties are one operator, or have a contract.",
    "evidence.stated_own_object": "The object approached is the approacher's own, or defunct.",
    "evidence.stated_own_slot": "The place is filed for it.",
    "evidence.stated_servicing_licence": "It is licensed for servicing on orbit.",
    "evidence.stated_end_of_life": "It is at the end of its life.",
    "evidence.stated_own_manoeuvre": "The operator of the asset moved the asset itself.",
    "evidence.stated_bus_failure_known": "Satellites of this make failed in this way before.",
    "evidence.stated_fault_found": "A fault, an error or an accident was found.",
    "evidence.stated_collision_warning": "A conjunction message named this pair at this time.",
    "evidence.stated_data_error": "The source says that its data were wrong.",
    "evidence.stated_launched_into_plane": (
        "Its launch fell on the passage of the asset's plane over the pad."
    ),
    "evidence.stated_burn_in_gap": "It moved when and where no sensor could see it.",
    "evidence.stated_favourable_light": "Approaches are timed so that the asset is in good light.",
    "evidence.stated_not_registered": (
        "It is not registered, or catalogued as a kind that it does not behave as."
    ),
    "evidence.stated_no_answer": "Its operator was asked, and did not answer.",
    "evidence.stated_radio_or_cyber_effect": "Interference or an intrusion came at the same time.",
    "evidence.stated_evaded_and_followed": "The asset moved away, and the other followed.",
    "evidence.stated_test_announced": "A State says that it tested against an object of its own.",
    "evidence.stated_test_claimed_by_others": "Others than the one concerned call it a test.",
    "evidence.stated_interceptor_seen": (
        "A launch without an orbit was seen under the track at that time."
    ),
    "evidence.stated_closure_notice": "Airspace or sea was closed under the track at that time.",
    "evidence.stated_demarche": "A government protested, or said publicly that it objects.",
    "evidence.stated_denied": "The party concerned denies it.",
    "evidence.stated_telemetry_anomaly": "The asset's telemetry showed an anomaly.",
    "evidence.stated_service_lost": "A service of the asset was lost.",
    "evidence.stated_service_kept": "The asset works as before.",
    "evidence.stated_sensor_dazzled": "A sensor of the asset was blinded for a time.",
    "evidence.stated_link_interference": "A link of the asset was disturbed.",
    "evidence.stated_uncommanded_state": "The asset did what its operator did not command.",
    "evidence.stated_ground_intrusion": (
        "The ground or user segment was entered or broken; the satellite itself was not."
    ),
    "evidence.stated_navigation_disturbed": "Receivers reported wrong or lost positions.",
    "evidence.stated_tumbling_seen": "It was seen to tumble.",
    "evidence.stated_pieces_seen": "Pieces were seen by others than the catalogue.",
    "evidence.stated_close_range_seen": (
        "A sensor saw both nearer together than element sets can tell."
    ),
    "evidence.value.km": "{low} to {high} km",
    "evidence.value.days": "{low} to {high} days",
    "evidence.value.deg": "{low}° to {high}°",
    "evidence.value.m_s": "{low} to {high} m/s",
    "evidence.value.share": "{low} to {high} of comparable objects",
    "evidence.value.same_aircraft": (
        "told by maps and by reports of flights, which may come from the same aircraft: counted "
        "once"
    ),
    "evidence.value.light": (
        "{phase}° from the Sun at its back; light as good at {low} to {high} of the moments around"
    ),
    "evidence.value.drift": "drift {number}°/day",
    "evidence.value.slots": "{number} other slots",
    "evidence.value.count": "{number}, by chance {chance}",
    "evidence.value.source": "{source}: “{text}”",
    "evidence.value.graded": "{source} ({grade}): “{text}”",
}
