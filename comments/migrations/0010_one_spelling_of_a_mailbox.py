"""Addresses get the spelling by which they are looked for from now on; rules that of the person behind.

Two rows that turn out to be about the same become one: the wider wish for mails, the stricter rule.
"""

from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.mailboxes import mailbox_mailed_before, person_behind

STRICTNESS = ("hold", "mute", "ban")
BATCH = 1000


def respell_replies(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    replies = apps.get_model("comments", "Comment")._default_manager.exclude(email="").order_by()
    addresses, last = replies.values_list("email", flat=True).distinct().order_by("email"), ""
    while some := list(addresses.filter(email__gt=last)[:BATCH]):
        last = some[-1]
        for email in some:
            if (spelling := mailbox_mailed_before(email)) != email:
                replies.filter(email=email).update(email=spelling)


def respell_follows(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    follows = apps.get_model("comments", "Follow")._default_manager.filter(user=None)
    for follow in follows.iterator():
        spelling = mailbox_mailed_before(follow.email)
        same = follows.filter(post=follow.post_id, email=spelling).exclude(pk=follow.pk).first()
        if same and _width(same) >= _width(follow):
            follow.delete()
            continue
        if same:
            same.delete()
        follow.email, follow.mailbox = spelling, person_behind(spelling)
        follow.save(update_fields=["email", "mailbox"])


def _width(follow: Any) -> tuple[bool, bool]:
    return follow.confirmed_at is not None, follow.scope == "all"


def respell_rules(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rules = apps.get_model("comments", "Rule")._default_manager.filter(kind="email")
    for rule in rules.exclude(value__startswith="*@"):
        value = person_behind(rule.value)
        same = rules.filter(value=value, language=rule.language).exclude(pk=rule.pk).first()
        if same:
            _take_over(same, rule)
            rule.delete()
        else:
            rules.filter(pk=rule.pk).update(value=value)


def _take_over(kept: Any, rule: Any) -> None:
    kept.effect = max(kept.effect, rule.effect, key=STRICTNESS.index)
    ends = (kept.expires_at, rule.expires_at)
    kept.expires_at = None if None in ends else max(ends)
    kept.save(update_fields=["effect", "expires_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_one_spelling_of_a_mailbox"),
        ("comments", "0009_whose_mails_count"),
    ]

    operations = [
        migrations.RunPython(step, migrations.RunPython.noop, elidable=True)
        for step in (respell_replies, respell_follows, respell_rules)
    ]
