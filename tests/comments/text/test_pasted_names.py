"""Signs that come along where a name is pasted are left out without a word."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Post
from comments.models import Comment
from tests.conftest import MakeUser
from tests.replies import Send

LRM, RLM, ZWJ, ZWNJ = "\u200e", "\u200f", "\u200d", "\u200c"
PASTED = [
    (f"حسین{ZWNJ}", "حسین"),
    (f"ه{ZWJ}", "ه"),
    (f"علی{ZWNJ} رضا", "علی رضا"),
    (f"علی {ZWNJ}رضا", "علی رضا"),
    (f"علی{ZWNJ}رضا", f"علی{ZWNJ}رضا"),
    (f"{RLM}אבי{RLM}", "אבי"),
    (f"{LRM}Ali{LRM}", "Ali"),
    ("\ufeffAda", "Ada"),
    ("Ada\u200b ", "Ada"),
    (f"ශ්{ZWJ}රී", f"ශ්{ZWJ}රී"),
]


@pytest.mark.parametrize(("typed", "kept"), PASTED)
def test_of_a_guest(send: Send, post: Post, typed: str, kept: str) -> None:
    send(post, name=typed)
    assert Comment.objects.get().name == kept


@pytest.mark.parametrize(("typed", "kept"), PASTED[:3])
def test_of_an_account(client: Client, make_user: MakeUser, typed: str, kept: str) -> None:
    client.force_login(make_user("ada"))
    client.post("/accounts/profile/", {"display_name": typed})
    assert User.objects.get().display_name == kept


@pytest.mark.parametrize("typed", [ZWNJ, f" {RLM} ", "Ada\u202eda", "\u202aAda\u202c"])
def test_what_is_no_name_without_them_is_refused(send: Send, post: Post, typed: str) -> None:
    send(post, name=typed)
    assert not Comment.objects.exists()
