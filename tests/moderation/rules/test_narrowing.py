"""What the database leaves out before a rule is previewed: never a reply that meets the rule."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.mailboxes import mailbox_of
from accounts.models import User
from blog.models import Post
from comments.derived import derive_text
from comments.models import Comment
from moderation.models import Rule
from moderation.rules.matching import emails_of, may_meet, meets, values_of
from tests.conftest import MakeUser
from tests.moderation.rules.test_what_rules_seek import BODIES
from tests.replies import MakeReply

WORDS = ("casino", "CASINÒ", "100%", "Straße", "STRAẞE", "ﬁnal", "КАЗИНО", "a_b", "c\\d", "İz")
HOSTS = ("example.org", "deep.spam.example", "münchen.de", "MÜNCHEN.de", "xn--mnchen-3ya.de")
EMAILS = st.builds(
    lambda name, host: mailbox_of(f"{name}@{host}"),
    st.sampled_from(["ria", "Ria+one", "+two", "r_a", "r%a", "ría"]),
    st.sampled_from(HOSTS),
)
TYPED = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Ria", "Guest", *WORDS]),
        "email": EMAILS | st.just(""),
        "website": st.sampled_from(["", *(f"https://www.{host}/x" for host in HOSTS)]),
        "body": st.sampled_from(BODIES)
        | st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join)
        | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30),
        "language": st.sampled_from(["en", "en-GB", "nl", "de-AT"]),
        "address_hash": st.sampled_from(["", "abc"]),
    }
)
ACCOUNTS = st.fixed_dictionaries(
    {
        "username": st.sampled_from(["ria", "Ria", "ÜNAL", "ΣΑΣ", "r_a", "STRAẞE", "İz"]),
        "email": EMAILS | st.just(""),
    }
)


def rules_about(comment: Comment) -> Iterator[Rule]:
    """Rules that the reply may meet: about each trait of it, and about words in each language."""
    for value in values_of(comment):
        yield from (Rule(kind=kind, value=value) for kind in set(Rule.Kind) - {Rule.Kind.WORD})
    for words in (*WORDS, comment.name, comment.body[:20]):
        for language in ("", "en", "nl", "de"):
            yield Rule(kind=Rule.Kind.WORD, value=words.lower(), language=language)


@pytest.fixture
def ria(make_user: MakeUser) -> User:
    return make_user("ria")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=TYPED, account=st.none() | ACCOUNTS)
def test_a_reply_that_meets_a_rule_is_never_left_out(
    post: Post,
    make_reply: MakeReply,
    ria: User,
    typed: dict[str, str],
    account: dict[str, str] | None,
) -> None:
    reply = Comment.objects.first() or make_reply(post)
    User.objects.filter(pk=ria.pk).update(**account or {"username": "ria"})
    for name, value in (typed | {"user_id": ria.pk if account else None}).items():
        setattr(reply, name, value)
    derive_text(reply)
    reply.save()
    reply = Comment.objects.select_related("user").get()
    met = [rule for rule in rules_about(reply) if meets(reply, rule)]
    assert any(rule.kind == Rule.Kind.EMAIL for rule in met) == bool(emails_of(reply))
    for rule in met:
        assert Comment.objects.filter(may_meet(rule)).exists(), str(rule)
