"""What many tests need: people, posts and a clock that stands where the test puts it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from PIL import Image as Picture
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import Author, User
from accounts.namesakes import forget_names
from accounts.roles import Role, give_role
from blog import publishing
from blog.models import Byline, Category, Post, TaggedPost
from comments.verbs.leading import set_up
from config.start.translations import compile_translations
from images.library import add_image
from images.models import Image
from site_settings.models import KEY, SiteSettings
from site_settings.reading import STORED
from tests.database import copy_of_migrated
from tests.mail_server import MailServer
from web import in_memory
from web.shown import WAITING

pytest_plugins = ["tests.replies", "tests.moderators"]

MakeUser = Callable[..., User]
MakePost = Callable[..., Post]
Mailbox = Callable[[], list[EmailMessage]]


@pytest.fixture(autouse=True)
def data_of_its_own(settings: Any, tmp_path: Any) -> None:
    """Files go where they hurt nobody, and nothing that one test counted is seen by the next."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        "default": {"BACKEND": "config.uploads.storage.WholeFiles"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PARLEY_CHANGE_LOG = tmp_path / "run" / "changes"
    settings.PARLEY_FIGURES = tmp_path / "run" / "figures"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PARLEY_PURGE = ""
    # Whoever has a key runs these tests too, and Akismet is asked nothing by them.
    settings.PARLEY_AKISMET_KEY = ""
    cache.clear()
    forget_names()
    hold_settings()
    # Of tests whose transaction never commits.
    connection.__dict__.pop(WAITING, None)


def hold_settings() -> None:
    """Hold the settings of a site on which nobody has set any, read once by whichever test is first.

    They stay as long as nothing changes them, as in a process that hears of all changes.
    """
    in_memory.register_version(lambda: 0)
    in_memory.forget()
    STORED._held = in_memory.Held(SiteSettings(pk=KEY), in_memory._now.version())


@pytest.fixture
def run_tasks(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Does what requests have left to the background, as the worker does it."""
    # It looks after its connection between tasks, and would close that of the test's transaction.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return lambda: call_command("work", once=True)


@pytest.fixture
def make_user(db: None) -> MakeUser:
    """make_user("ada", role=Role.EDITOR) -> a user with a verified address, who can sign in."""

    def make(name: str = "ada", *, role: Role | None = None, **fields: Any) -> User:
        user = User.objects.create_user(name, f"{name}@example.org", "correct horse", **fields)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        if role:
            give_role(user=user, role=role)
        return user

    return make


@pytest.fixture
def make_author(db: None) -> Callable[..., Author]:
    def make(name: str = "Ada Okafor", **fields: Any) -> Author:
        return Author.objects.create(name=name, **fields)

    return make


@pytest.fixture
def make_post(db: None) -> MakePost:
    """make_post(title="…", at=…, authors=[…], tags=[…], live=True, **fields) -> a saved post.

    `at` is the publication time, an hour ago by default; `live=False` leaves a draft. `conversation`
    says how replies are taken, if not as usual: {"policy": "held"}.
    """

    def make(
        title: str = "A quiet morning",
        *,
        at: datetime | None = None,
        authors: list[Author] | None = None,
        tags: list[str] | None = None,
        live: bool = True,
        conversation: dict[str, Any] | None = None,
        **fields: Any,
    ) -> Post:
        fields.setdefault("body", "The kettle sings. Nobody answers.")
        fields.setdefault("language", "en")
        post = Post(title=title, **fields)
        named = authors or [Author.objects.get_or_create(name="Gus Guest")[0]]
        bylines = [(author, "author") for author in named]
        content: Any = {"bylines": bylines, "tags": tags or []}
        if live:
            at = at or timezone.now() - timedelta(hours=1)
            publishing.publish(post=post, by=None, at=at, **content)
        else:
            publishing.save_post(post=post, by=None, **content)
        if conversation:
            set_up(post=post, **conversation)
        return post

    return make


@pytest.fixture
def make_image(db: None) -> Callable[..., Image]:
    """make_image(alt="…", width=40, height=30) -> a picture of one colour in the library."""

    def make(*, width: int = 40, height: int = 30, **words: Any) -> Image:
        file = BytesIO()
        Picture.new("RGB", (width, height), "#b5532b").save(file, "PNG")
        return add_image(data=file.getvalue(), uploaded_by=None, **words)

    return make


@pytest.fixture
def many_posts(make_post: MakePost) -> Callable[..., None]:
    """many_posts(1000, tag="common", category="all", at=…): that many live posts, in bulk."""

    def make(number: int, *, tag: str = "", category: str = "", at: datetime | None = None) -> None:
        first = make_post("Post 0", tags=[tag] if tag else [], at=at)
        if category:
            first.category = Category.objects.create(name=category, slug=category)
            first.save()
        copies = Post.objects.bulk_create(_copy(first, n) for n in range(1, number))
        byline, tags = first.bylines.get(), list(first.tags.all())
        Byline.objects.bulk_create(Byline(post=p, author=byline.author) for p in copies)
        TaggedPost.objects.bulk_create(
            TaggedPost(content_object=p, tag=tag) for p in copies for tag in tags
        )

    return make


def _copy(post: Post, number: int) -> Post:
    """The same post again, a second older and under another address."""
    values = {
        field.attname: getattr(post, field.attname)
        for field in Post._meta.concrete_fields
        if field.name not in {"id", "uid", "address", "published_at", "title"}
    }
    return Post(
        **values,
        title=f"Post {number}",
        address=f"{post.address}-copy-{number}",
        published_at=post.due_at - timedelta(seconds=number),
    )


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, before any worker of the run reads them."""
    if not hasattr(config, "workerinput"):
        compile_translations()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[None]:
    """In the place of pytest-django's own, which migrates a database for each process.

    `PARLEY_TESTS_DATABASE` is a folder that several runs have in common (tools/mutants.py).
    """
    folder = tmp_path_factory.getbasetemp()
    run = folder if worker_id == "master" else folder.parent
    shared = Path(os.environ.get("PARLEY_TESTS_DATABASE") or run / "database")
    with (
        django_db_blocker.unblock(),
        copy_of_migrated(shared, process=worker_id),
        django_db_blocker.block(),
    ):
        yield


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """Where mails go by SMTP, by way of the outbox."""
    sink = MailServer()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "outbox.backend.Outbox"
    settings.PARLEY_MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield sink
    controller.stop()


@pytest.fixture
def mailbox(mail_server: MailServer, run_tasks: Callable[[], Any]) -> Mailbox:
    """mailbox() -> the mails that have arrived since the last look, the worker having had its turn."""

    def look() -> list[EmailMessage]:
        run_tasks()
        run_tasks()
        arrived = list(mail_server.mails)
        mail_server.mails.clear()
        return arrived

    return look
