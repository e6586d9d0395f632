"""The rules of the review: small functions, each of which looks for one thing and gives its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.rules import names, numbers, people, whole

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
    whole.targets_no_channel_shows,
    whole.no_backing,
    names.packs_missing,
    names.metrics_unknown,
    names.goal_types_unknown,
    names.platforms_unknown,
    names.words_unknown,
    names.ids_with_a_slash,
    people.unprotected,
    people.nothing_for_them,
    people.voices_that_go_nowhere,
    people.target_groups,
    people.shared_accounts,
    people.nobody_covers,
    people.nobody_was_asked,
    people.no_time_given,
    numbers.forbidden_leads,
    numbers.forbidden_beside,
    numbers.targets_without_direction,
    numbers.targets_on_size,
    numbers.parameters_unknown,
    numbers.targets_without_baseline,
    numbers.units_that_do_not_fit,
    numbers.own_formulas,
    numbers.listening_for_nothing,
)
