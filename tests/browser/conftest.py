"""Chromium, the site in front of it, and a watch over both that fails the test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.roles import ensure_byline
from blog import publishing
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs.posting import post_comment
from config.start.demo_site import load_demo_site
from launcher.browsers import chromium, driver_lacks
from moderation.deciding import decide
from tests.browser.watch import Watch
from tests.conftest import MakePost
from tests.left_out import leave_out

QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OpenBrowser = Callable[..., BrowserContext]
SignIn = Callable[[Page, User], None]
MakeReply = Callable[..., Comment]

# Playwright keeps a loop running in the thread of the tests, which are themselves as ever.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Nobody waits that long unless the machine has much else to do.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def chromium_program() -> str:
    """The Chromium that `./parley test` looks for too, where Playwright's driver runs."""
    if lacks := driver_lacks():
        leave_out(" and ".join(lacks))
    return chromium() or leave_out("Chromium")


@pytest.fixture(scope="session")
def playwright(chromium_program: str, playwright: Playwright) -> Playwright:
    return playwright


@pytest.fixture(scope="session")
def browser_type_launch_args(
    chromium_program: str, browser_type_launch_args: dict[str, Any]
) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium_program, "args": QUIETLY}


@pytest.fixture(scope="session")
def no_collected_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The server starts before any test's own settings stand, and must not see the checkout's files."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture(scope="session")
def live_server(no_collected_files: None, live_server: LiveServer) -> LiveServer:
    return live_server


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    return live_server.url


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    """Every context of the test is watched; what it saw fails the test at its end."""
    watch = Watch(live_server.url)
    yield watch
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def new_context(new_context: OpenBrowser, watch: Watch) -> OpenBrowser:
    def open_browser(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(20_000)
        watch.over(context)
        return context

    return open_browser


@pytest.fixture
def sign_in(live_server: LiveServer) -> SignIn:
    """sign_in(page, user): as after the sign-in page, which has tests of its own."""

    def give_session(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return give_session


@pytest.fixture
def make_reply() -> MakeReply:
    """make_reply(post, "…", name="…", parent=…, status=Status.APPROVED) -> a guest's reply, decided."""

    def make(
        post: Post,
        body: str = "Well said.",
        *,
        name: str = "Wim",
        parent: Comment | None = None,
        status: Status = Status.APPROVED,
    ) -> Comment:
        email = f"{name.lower()}@example.org"
        comment = post_comment(
            post=post, body=body, name=name, email=email, parent=parent, language=post.language
        )
        decide(comments=[comment], decision=status, by=None)
        comment.refresh_from_db()
        return comment

    return make


@pytest.fixture
def demo_site(transactional_db: None, make_post: MakePost, make_reply: MakeReply) -> None:
    """The demo site with what it has none of: a second page, a withdrawn post, replies that wait."""
    load_demo_site()
    post = make_post("Eleven makes two pages")
    make_reply(post, "A first reply,\n\n> quoted\n\nwith *words*.", status=Status.PENDING)
    make_reply(post, "Another one.", name="Zoe", status=Status.PENDING)
    publishing.withdraw(post=make_post("Gone by noon"), by=None)


@pytest.fixture
def chief(demo_site: None) -> User:
    """Someone who may do everything, and has a byline."""
    chief = User.objects.create_superuser("chief", "chief@example.org", "correct horse")
    ensure_byline(user=chief)
    return chief
