"""Erasing all that one person wrote here (GDPR, article 17)."""

from __future__ import annotations

from django.db import transaction

from comments.verbs.editing import erase_replies
from following.verbs import forget_follows
from privacy.finding import DataSubject
from privacy.tasks import forget_links_to


@transaction.atomic
def erase(*, person: DataSubject) -> int:
    """Erase what a person wrote; return how many replies there were. The account itself stays."""
    number = erase_replies(comments=person.written)
    forget_follows(follows=person.follows)
    person.reports.update(user=None, note="")
    for email in person.addresses:
        forget_links_to(email)
    if person.user:
        person.user.take_portrait_away()
    return number
