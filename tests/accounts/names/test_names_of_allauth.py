"""What of allauth its own pages do not promise: a version without it must not be taken unseen."""

from __future__ import annotations

from inspect import signature

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit


def test_the_adapter_counts_attempts_under_the_names_that_ours_replaces() -> None:
    assert callable(DefaultAccountAdapter._delete_login_attempts_cached_email)
    assert "pre_authenticate" in DefaultAccountAdapter.authenticate.__code__.co_names
    # What is noted there, a right password takes back.
    rollback = DefaultAccountAdapter._rollback_login_failed_rl_usage
    assert "_login_failed_rl_usage" in rollback.__code__.co_consts


def test_the_counts_can_be_taken_part_by_part() -> None:
    assert {"request", "app", "action", "key"} <= set(signature(ratelimit.consume).parameters)
    assert {"request", "app", "action", "key"} <= set(signature(ratelimit.clear).parameters)
    assert ratelimit.RateLimitUsage([]).rollback
