"""The models of the conversation, the reply and thanks."""

from comments.models.conversation import Conversation, conversation_of, told_of_replies
from comments.models.reply import LONGEST_BODY, Comment
from comments.models.status import (
    ANSWERABLE,
    CHANGEABLE,
    DECIDES_ALL,
    DECIDES_OWN,
    SEEN_BY_WRITER,
    HeldBecause,
    Status,
    status_to_writer,
)
from comments.models.thanks import READER_LENGTH, Thanks

__all__ = [
    "ANSWERABLE",
    "CHANGEABLE",
    "DECIDES_ALL",
    "DECIDES_OWN",
    "LONGEST_BODY",
    "READER_LENGTH",
    "SEEN_BY_WRITER",
    "Comment",
    "Conversation",
    "HeldBecause",
    "Status",
    "Thanks",
    "conversation_of",
    "status_to_writer",
    "told_of_replies",
]
