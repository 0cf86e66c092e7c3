"""Marks piled upon a letter, which would cover the lines above, counted as they are drawn."""

from __future__ import annotations

import re

import pytest

from blog.models import Post
from comments.models import Comment
from tests.replies import Send


@pytest.mark.parametrize(
    "more",
    [
        "*\u0300\u0301\u0302\u0303*\u0300\u0301\u0302\u0303",
        "**\u0300\u0301\u0302\u0303**\u0300",
        "[\u0300\u0301\u0302\u0303](https://example.org/)",
        "*\u0300\u0301\u0302\u0303*[\u0300](https://example.org)",
        "`\u0300\u0301\u0302\u0303`\u0300",
        "&zwj;*\u0300\u0301\u0302\u0303*",
        "\u1b44\u0300\u0301\u0302\u0303",
    ],
)
def test_marks_are_counted_as_they_are_drawn(send: Send, post: Post, more: str) -> None:
    send(post, reply=f"Z\u0300\u0301\u0302\u0303{more * 6} daar")
    shown = re.sub("<[^>]*>", "", Comment.objects.get().body_html)
    assert not re.search("[\u0300-\u0303\u1b44\u200d]*(?:[\u0300-\u0303][\u1b44\u200d]*){5}", shown)


def test_marks_of_different_letters_stay_whatever_stands_between(send: Send, post: Post) -> None:
    send(post, reply="*e\u0301\u0302\u0303*e\u0301\u0302\u0303 **नमस्ते** *ကျော်*")
    shown = Comment.objects.get().body_html
    assert shown.count("\u0302") == 2
    assert "<strong>नमस्ते</strong> <em>ကျော်</em>" in shown
