"""Who moderates, and where: a moderator's account, and the address of the queue."""

from __future__ import annotations

import pytest

from accounts.models import User
from accounts.roles import Role
from tests.conftest import MakeUser

QUEUE = "/admin/comments/comment/"


@pytest.fixture
def mo(make_user: MakeUser) -> User:
    """A moderator."""
    return make_user("mo", role=Role.MODERATOR)
