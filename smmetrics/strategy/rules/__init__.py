"""The rules of the review: small functions, each of which looks for one thing and gives its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.rules import (
    aims,
    bounds,
    data,
    data_numbers,
    form,
    names,
    numbers,
    people,
    places,
    said,
    settings,
    template,
    whole,
    whose,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.rules.ground import Ground

RULES: tuple[Callable[[Ground], Iterable[Finding]], ...] = (
    whole.no_purpose,
    whole.no_goals_yet,
    whole.goals_without_parts,
    whole.no_channels_yet,
    whole.channels_that_cannot_feed,
    whole.channels_that_feed_nothing,
    whole.targets_no_channel_shows,
    whole.no_backing,
    aims.purpose_names_only_places,
    aims.ways_as_aims,
    aims.only_size,
    aims.nothing_that_changed,
    aims.connecting_alone,
    aims.sparing_with_nothing_beside,
    names.packs_missing,
    names.metrics_unknown,
    names.goal_types_unknown,
    names.platforms_unknown,
    names.words_unknown,
    names.ids_with_a_slash,
    form.ends_before_it_begins,
    form.names_alike,
    form.rules_nobody_can_read,
    people.unprotected,
    people.nothing_for_them,
    people.voices_that_go_nowhere,
    people.target_groups,
    people.shared_accounts,
    people.nobody_covers,
    people.nobody_is_trained,
    people.nobody_was_asked,
    people.no_time_given,
    people.people_without_hours,
    people.more_time_than_there_is,
    numbers.forbidden_leads,
    numbers.forbidden_beside,
    numbers.targets_without_direction,
    numbers.targets_on_size,
    numbers.targets_without_baseline,
    numbers.units_that_do_not_fit,
    bounds.bounds_that_do_not_fit,
    numbers.own_formulas,
    settings.parameters_unknown,
    places.listening_for_nothing,
    places.two_for_the_same,
    places.speaking_in_a_quiet_time,
    places.no_platform_needed,
    places.promises_nobody_can_check,
    said.days_that_are_over,
    said.no_reason_why,
    said.claims_without_proof,
    said.places_without_a_reason,
    said.questions_left_open,
    template.still_the_templates,
    template.example_figures,
)
"""Rules that need no data."""

NO_DATA: tuple[Callable[[Ground], Iterable[Finding]], ...] = (data.nothing_came_in,)
"""What is said where data was to be judged and none came in."""

DATA_RULES: tuple[Callable[[Ground], Iterable[Finding]], ...] = (
    data.names_nobody_bears,
    whose.accounts_nobody_declared,
    whose.names_that_join_nobody,
    data.late,
    data.stories_that_say_nothing,
    data_numbers.enough_weeks,
    data_numbers.rules_come_true,
    data.reviews_due,
    data.nothing_logged,
    data.hours_of_nobody_we_know,
    data_numbers.too_much_promotion,
    data.posts_in_a_quiet_time,
    data_numbers.targets_within_chance,
)
"""Rules that judge what came in."""
