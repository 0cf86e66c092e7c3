"""A writer who is killed leaves no page old."""

from __future__ import annotations

import os
import signal
from multiprocessing import get_context

import pytest
from django.db import connection, transaction

from tests.pagecache.changes import World, correct_a_title
from tests.pagecache.site import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_change_is_seen_whose_writer_was_killed_before_it_could_tell(
    world: World, site: Site
) -> None:
    site.warm(["/"])

    def change_and_die() -> None:
        with transaction.atomic():
            transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
            correct_a_title(world)

    connection.close()
    process = get_context("fork").Process(target=change_and_die)
    process.start()
    process.join()
    assert site.old(["/"]) == ["/"]
    site.keeper.look()
    assert site.old(["/"]) == []
