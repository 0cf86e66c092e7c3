"""A moderator at the desk, and the buttons there."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from comments.models import Comment
from tests.moderators import QUEUE

UNDO = f"{QUEUE}undo/"
# As the page sends it when nothing is selected.
BULK = {"index": "0", "select_across": "1", "_selected_action": "0"}
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def desk(client: Client, mo: User) -> Client:
    """A browser in which a moderator is signed in."""
    client.force_login(mo)
    return client


def shown(*comments: Comment) -> dict[str, str]:
    """What a page of the desk sends of the replies that it showed as they are here."""
    return {f"version-{comment.pk}": str(comment.version) for comment in comments}


def button(decision: str, comment: Comment) -> dict[str, str]:
    """What the button of a card sends, on a page that showed the reply as it is here."""
    return {decision: str(comment.pk), **shown(comment)}
