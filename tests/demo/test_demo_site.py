"""`loaddata` of the fixtures alone gives the whole site, with everything that follows from them."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from PIL import Image as Picture

from accounts.models import Author, User
from accounts.portraits import files_of, named_portraits
from blog import publishing
from blog.models import Category, Post, Series, Tag
from blog.saving.rendering import derive
from comments.models import Comment
from comments.verbs import counting
from images.models import Image
from tests.demo.conftest import FIXTURES

pytestmark = pytest.mark.usefixtures("demo_site")
APPLES = "2011/05/social-media-appels-en-peren"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def test_seven_posts_of_the_pages_and_three_of_our_own() -> None:
    languages = list(Post.objects.live().values_list("language", flat=True))
    assert sorted(languages) == ["de", *["en"] * 3, *["nl"] * 6]


def test_the_old_article_has_its_five_replies_at_their_minutes() -> None:
    post = Post.objects.get(address=APPLES)
    assert f"{post.due_at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" == "2011-05-31 06:00"
    thread = post.comments.order_by("path")
    times = [f"{reply.submitted_at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" for reply in thread]
    assert times == [
        "2011-05-31 06:57",
        "2011-05-31 13:10",
        "2011-05-31 13:41",
        "2011-05-31 15:06",
        "2012-09-19 23:07",
    ]
    assert post.comment_count == 5


def test_its_author_replied_in_the_thread_by_the_account_behind_the_byline() -> None:
    post = Post.objects.get(address=APPLES)
    reply = post.comments.get(user__isnull=False)
    assert reply.user == post.authors.get().user
    assert reply.parent is not None
    assert reply.depth == 2


def test_a_thread_five_deep_keeps_the_place_of_a_removed_reply() -> None:
    removed = Comment.objects.get(status="removed")
    deepest = max(reply.depth for reply in Comment.objects.approved())
    assert deepest == 5
    assert removed.depth == 4
    assert removed.descendant_count == 2
    assert removed.decisions.get().by == User.objects.get(username="sjoukje")


def test_everything_derived_is_there_and_in_step() -> None:
    for post in Post.objects.all():
        stored = {name: getattr(post, name) for name in publishing.DERIVED}
        derive(post)
        assert stored == {name: getattr(post, name) for name in publishing.DERIVED}
        assert post.body_html
        assert post.reading_minutes
    for author in Author.objects.all():
        assert author.biography_html


def test_counts_are_what_counting_anew_gives() -> None:
    posts = Post.objects.order_by("pk").with_conversation()
    replies = Comment.objects.order_by("pk").values_list("uid", "descendant_count")
    loaded = [post.comment_count for post in posts], list(replies)
    counting.recount(posts=Post.objects.all())
    assert sum(loaded[0]) > 0
    assert loaded == ([post.comment_count for post in posts.all()], list(replies.all()))


def test_addresses_are_those_that_publishing_would_give() -> None:
    for post in Post.objects.all():
        address = post.address
        publishing.save_post(post=post, by=None)
        assert post.address == address
    for category in Category.objects.all():
        path = category.path
        category.save()
        assert category.path == path


def test_a_loaded_post_keeps_its_first_words_when_it_is_edited() -> None:
    post = Post.objects.get(address=APPLES)
    before, post.body = post.body, "Something else."
    publishing.save_post(post=post, by=None)
    assert [revision.body for revision in post.revisions.all()] == ["Something else.", before]
    assert "Foursquare" in post.revisions.last().tags


def test_every_post_is_fit_to_be_published() -> None:
    assert {post: publishing.publication_problems(post) for post in Post.objects.all()} == {
        post: [] for post in Post.objects.all()
    }


def test_the_files_of_every_picture_and_portrait_are_there_and_as_the_rows_say() -> None:
    for image in Image.objects.all():
        widths = [size_of(name)[0] for name in image.file_names]
        assert widths == [image.width, *image.renditions]
        assert size_of(image.file.name) == (image.width, image.height)
    for author in Author.objects.all():
        assert size_of(author.portrait.name) == (512, 512)


def size_of(name: str | None) -> tuple[int, int]:
    with default_storage.open(name or "") as file, Picture.open(file) as picture:
        return picture.size


def test_no_picture_file_is_there_for_nothing() -> None:
    names = {name for image in Image.objects.all() for name in image.file_names}
    names |= {name for portrait in named_portraits() for name in files_of(portrait)}
    media = FIXTURES / "media"
    files = [path for path in media.rglob("*") if path.is_file()]
    assert {path.relative_to(media).as_posix() for path in files} == names


def test_loading_again_changes_nothing() -> None:
    models = (User, Author, Image, Post, Category, Series, Tag, Comment)
    before = [model.objects.count() for model in models]
    counts = list(Post.objects.order_by("pk").values_list("conversation__reply_count", flat=True))
    call_command("loaddata", *sorted(FIXTURES.glob("*.yaml")), verbosity=0)
    assert [model.objects.count() for model in models] == before
    assert (
        list(Post.objects.order_by("pk").values_list("conversation__reply_count", flat=True))
        == counts
    )


def test_nobody_can_sign_in_before_an_administrator_gives_a_password() -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_every_page_of_the_site_answers(client: Client) -> None:
    subjects = [*Author.objects.all(), *Category.objects.all(), *Series.objects.all()]
    pages = [*Post.objects.all(), *subjects, *Tag.objects.all()]
    answers = {page.get_absolute_url(): client.get(page.get_absolute_url()) for page in pages}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(
        answers, 200
    )


def test_links_within_the_site_lead_somewhere(client: Client) -> None:
    bodies = " ".join(Post.objects.values_list("body_html", flat=True))
    links = set(re.findall(r'href="(/\d{4}/[^"#]+)"', bodies))
    assert links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
