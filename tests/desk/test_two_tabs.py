"""Two people, or one in two tabs, on the same post."""

from __future__ import annotations

from django.test import Client

from accounts.models import User
from tests.conftest import MakePost
from tests.html import form_data


def test_the_later_save_is_warned_and_sees_both_texts(
    desk: Client, ada: User, make_post: MakePost
) -> None:
    post = make_post("Shared", authors=[ada.author], body="The first words.")
    address = f"/admin/blog/post/{post.pk}/change/"
    tab = form_data(desk.get(address).text, form_id="post_form") | {"_save": "1"}
    desk.post(address, tab | {"body": "The words of the first tab."})
    page = desk.post(address, tab | {"body": "The words of the second tab."})

    assert page.status_code == 200
    assert "Nothing was overwritten" in page.text
    assert "<del>first</del>" in page.text
    assert "<ins>second</ins>" in page.text
    post.refresh_from_db()
    assert post.body == "The words of the first tab."

    warned = form_data(page.text, form_id="post_form") | {"_save": "1"}
    assert warned["body"] == ["The words of the second tab."]
    assert desk.post(address, warned).status_code == 302
    post.refresh_from_db()
    assert post.body == "The words of the second tab."
    bodies = post.revisions.values_list("body", flat=True)
    assert "The words of the first tab." in bodies
