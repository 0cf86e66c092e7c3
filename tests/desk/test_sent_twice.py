"""A form of a new post that is sent twice."""

from __future__ import annotations

from urllib.parse import urlencode

from django.test import Client

from blog.models import Post
from tests.html import form_data

ADD = "/admin/blog/post/add/"


def test_the_second_time_one_sentence_says_so(desk: Client) -> None:
    data = form_data(desk.get(ADD).text, form_id="post_form") | {"title": "Fog", "body": "Words."}
    body = urlencode(data, doseq=True)
    first, second = (desk.post(ADD, body, "application/x-www-form-urlencoded") for _ in range(2))
    assert (first.status_code, second.status_code, Post.objects.count()) == (302, 200, 1)
    assert "This form was sent before" in second.text
    assert "already exists" not in second.text
    assert "errors below" not in second.text
