"""Fields of the reply form against robots: one that people do not see, and when it was made."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils import timezone

from background.clock import CLOCK_SKEW

# Robots often fill in a field of this name; browsers do not fill it in by themselves.
TRAP = "subject"
MADE_AT = "made"
# In seconds. The age of an older form says nothing about its sender.
LONGEST = 7 * 24 * 60 * 60
signer = Signer(salt="comments.form_traces")


@dataclass(frozen=True, slots=True)
class FormTraces:
    """What the form tells beside its fields.

    `trapped`: the field that people do not see was filled in. `seconds`: how long the form was
    open; None if the stamp is missing or forged.
    """

    trapped: bool = False
    seconds: float | None = None


def made_at(data: QueryDict) -> str:
    """The signed time at which a form was made; one shown again with errors keeps its time."""
    given = data.get(MADE_AT, "")
    return given if _age(given) is not None else signer.sign(f"{timezone.now().timestamp():.1f}")


def traces_of(data: QueryDict) -> FormTraces:
    """Return what a sent form tells about its sender."""
    return FormTraces(
        trapped=bool(data.get(TRAP, "").strip()),
        seconds=_age(data.get(MADE_AT, "")),
    )


def _age(stamp: str) -> float | None:
    """A stamp's age in seconds; None if it is forged, too old to mean anything, or future."""
    try:
        age = timezone.now().timestamp() - float(signer.unsign(stamp))
    except (BadSignature, ValueError):
        return None
    return max(0.0, age) if -CLOCK_SKEW.total_seconds() < age < LONGEST else None
