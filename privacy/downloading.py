"""Everything stored about one person's part in conversations, as a file (GDPR, article 20)."""

from __future__ import annotations

from typing import Any

from comments.models import Comment
from following.models import Follow
from moderation.models import Report
from outbox.composing import absolute
from privacy.finding import DataSubject


def everything_of(person: DataSubject) -> dict[str, Any]:
    """Return everything stored about a person, as values for JSON."""
    return {
        "name": person.user.public_name if person.user else "",
        "email": person.user.email if person.user else person.email,
        "portrait": _portrait(person),
        "replies": [_reply(comment) for comment in person.replies.iterator(500)],
        "follows": [_follow(follow) for follow in person.follows],
        "reports": [_report(report) for report in person.reports],
    }


def _portrait(person: DataSubject) -> str:
    if person.user is None or not person.user.portrait:
        return ""
    return absolute(person.user.portrait.url)


def _reply(comment: Comment) -> dict[str, Any]:
    return {
        "article": comment.post.title,
        "url": absolute(comment.get_absolute_url()),
        "name": comment.name,
        "email": comment.email,
        "website": comment.website,
        "text": comment.body,
        "language": comment.language,
        "status": comment.status_to_writer,
        "written": comment.submitted_at,
        "edited": comment.edited_at,
        "e-mail address confirmed": comment.confirmed_at,
        "thanks": comment.thanks_count,
        "network address (keyed hash)": comment.address_hash,
    }


def _follow(follow: Follow) -> dict[str, Any]:
    return {
        "article": follow.post.title,
        "url": absolute(follow.post.get_absolute_url()),
        "scope": follow.scope,
        "since": follow.started_at,
        "confirmed": follow.confirmed_at,
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "url": absolute(report.comment.get_absolute_url()),
        "reason": report.reason,
        "note": report.note,
        "written": report.at,
    }
