"""What the filter is owed when something happens to a reply: that nothing of it is left."""

from __future__ import annotations

from blog.models import Post
from comments.verbs.editing import erase_replies
from spam.models import AkismetCheck
from tests.replies import MakeReply


def test_of_a_reply_that_is_emptied_no_answer_of_akismet_is_left(
    post: Post, make_reply: MakeReply
) -> None:
    comment = make_reply(post)
    AkismetCheck.objects.create(comment=comment, answer="ham")
    erase_replies(comments=[comment])
    assert not AkismetCheck.objects.exists()
