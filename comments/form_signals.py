"""What the reply form carries against robots: a field that people do not see, and the time it was made."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils import timezone

from background.clock import CLOCK_SKEW

# What robots like to fill in, and what no browser fills in by itself.
TRAP = "subject"
MADE_AT = "made"
# A form that stood open for longer says as little as one that does not tell.
LONGEST = 7 * 24 * 60 * 60
signer = Signer(salt="comments.form_signals")


@dataclass(frozen=True, slots=True)
class FormSignals:
    """What the form tells beside its fields.

    `trapped` says that something stands in the field that people do not see, `seconds` how long
    the form was open (None, where that is missing or forged).
    """

    trapped: bool = False
    seconds: float | None = None


def made_at(data: QueryDict) -> str:
    """When a form was made, signed. One that is shown again with its errors keeps its time."""
    given = data.get(MADE_AT, "")
    return given if _age(given) is not None else signer.sign(f"{timezone.now().timestamp():.1f}")


def signals_of(data: QueryDict) -> FormSignals:
    """What a form that was sent tells about its sender."""
    return FormSignals(
        trapped=bool(data.get(TRAP, "").strip()),
        seconds=_age(data.get(MADE_AT, "")),
    )


def _age(stamp: str) -> float | None:
    """In seconds; None for a stamp that is not ours, too old to mean anything, or of a time to come."""
    try:
        age = timezone.now().timestamp() - float(signer.unsign(stamp))
    except (BadSignature, ValueError):
        return None
    return max(0.0, age) if -CLOCK_SKEW.total_seconds() < age < LONGEST else None
