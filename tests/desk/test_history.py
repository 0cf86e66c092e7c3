"""What a post said before, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from blog import publishing
from blog.models import Post
from tests.conftest import MakePost, MakeUser


def revised(make_post: MakePost, ada: User) -> Post:
    post = make_post("Draft one", authors=[ada.author], body="A red boat.", tags=["boats"])
    post.title, post.body = "Draft two", "A blue boat."
    publishing.save_post(post=post, by=ada, tags=["harbours"])
    return post


def test_each_change_of_content_is_kept_and_shown(
    desk: Client, ada: User, make_post: MakePost
) -> None:
    post = revised(make_post, ada)
    page = desk.get(f"/admin/blog/post/{post.pk}/history/").text
    assert "Draft one" in page
    assert "Draft two" in page
    latest = post.revisions.first()
    assert latest is not None
    page = desk.get(f"/admin/blog/post/{post.pk}/history/{latest.pk}/").text
    assert "<del>red</del><ins>blue</ins>" in page
    assert "<del>boats</del><ins>harbours</ins>" in page


def test_a_save_that_changes_no_content_keeps_no_revision(ada: User, make_post: MakePost) -> None:
    post = revised(make_post, ada)
    before = post.revisions.count()
    publishing.save_post(post=post, by=ada)
    assert post.revisions.count() == before


def test_what_a_post_from_an_import_said_is_kept_when_it_is_first_changed(
    desk: Client, ada: User, make_post: MakePost, many_posts: Callable[..., None]
) -> None:
    many_posts(2)
    post = Post.objects.get(title="Post 1")
    assert not post.revisions.exists()
    post.title = "Now mended"
    publishing.save_post(post=post, by=ada, bylines=[(ada.author, "author")])
    page = desk.get(f"/admin/blog/post/{post.pk}/history/").text
    assert "Post 1" in page
    assert "Now mended" in page


def test_a_revision_is_restored_as_a_new_one(desk: Client, ada: User, make_post: MakePost) -> None:
    post = revised(make_post, ada)
    first = post.revisions.last()
    assert first is not None
    desk.post(f"/admin/blog/post/{post.pk}/history/{first.pk}/")
    post.refresh_from_db()
    assert (post.title, post.body) == ("Draft one", "A red boat.")
    assert [tag.name for tag in post.tags.all()] == ["boats"]
    assert post.revisions.count() == 3
    assert "Restored from 20" in desk.get(f"/admin/blog/post/{post.pk}/history/").text
    assert "A red boat." in Client().get(post.get_absolute_url()).text


def test_the_history_of_others_posts_is_closed(
    client: Client, ada: User, make_post: MakePost, make_user: MakeUser
) -> None:
    post = revised(make_post, ada)
    first = post.revisions.last()
    assert first is not None
    from_elsewhere = f"/admin/blog/post/{post.pk}/history/{first.pk}/"
    client.force_login(make_user("carla", role="Contributor"))
    assert client.get(f"/admin/blog/post/{post.pk}/history/").status_code == 404
    assert client.post(from_elsewhere).status_code == 404
    post.refresh_from_db()
    assert post.title == "Draft two"
