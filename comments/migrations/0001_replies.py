import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("blog", "0001_posts_and_where_they_belong"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("path", models.CharField(editable=False, max_length=880)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("avatar_seed", models.CharField(editable=False, max_length=8)),
                ("language", models.CharField(max_length=35, verbose_name="language")),
                ("body", models.TextField(max_length=10000, verbose_name="text")),
                ("body_html", models.TextField(editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "waiting"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("spam", "spam"),
                            ("removed", "removed"),
                            ("muted", "seen by its writer only"),
                            ("deleted", "deleted by its writer"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                (
                    "held_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first_reply", "first reply of this person"),
                            ("every_reply", "every reply to this post is held"),
                            ("unconfirmed", "the e-mail address is not confirmed"),
                            ("filter", "held by the filter"),
                            ("rule", "held by a rule"),
                            ("edited", "edited after it had appeared"),
                            ("unjudged", "it could not be checked"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="held because",
                    ),
                ),
                ("findings", models.JSONField(default=list, editable=False)),
                ("learned_as", models.CharField(blank=True, editable=False, max_length=4)),
                ("text_hash", models.BigIntegerField(editable=False, null=True)),
                (
                    "submitted_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="written"),
                ),
                (
                    "edited_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="edited"),
                ),
                ("appeared_at", models.DateTimeField(editable=False, null=True)),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                ("address_hash", models.CharField(blank=True, editable=False, max_length=32)),
                ("submission_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("descendant_count", models.PositiveIntegerField(default=0, editable=False)),
                ("thanks_count", models.PositiveIntegerField(default=0, editable=False)),
                ("report_count", models.PositiveIntegerField(default=0, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("text_version", models.PositiveIntegerField(default=1, editable=False)),
                ("folded_text", models.TextField(editable=False)),
                ("domains", models.TextField(editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="children",
                        to="comments.comment",
                        verbose_name="in reply to",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="blog.post",
                        verbose_name="post",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "reply",
                "verbose_name_plural": "replies",
                "ordering": ["post", "path"],
                "permissions": [
                    ("moderate_comment", "Can decide about all replies"),
                    ("moderate_own_comment", "Can decide about replies under own posts"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "policy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "open: first-timers are held"),
                            ("held", "every reply is held"),
                            ("confirmed", "guests confirm their e-mail address"),
                            ("accounts", "accounts only"),
                            ("closed", "closed"),
                        ],
                        max_length=10,
                        verbose_name="replies",
                    ),
                ),
                (
                    "policy_when_open",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "open: first-timers are held"),
                            ("held", "every reply is held"),
                            ("confirmed", "guests confirm their e-mail address"),
                            ("accounts", "accounts only"),
                            ("closed", "closed"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "close_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="replies are taken for"
                    ),
                ),
                (
                    "is_paused",
                    models.BooleanField(default=False, verbose_name="conversation paused"),
                ),
                (
                    "notices",
                    models.CharField(
                        choices=[
                            ("each", "a mail for each reply"),
                            ("daily", "one mail a day"),
                            ("none", "no mails"),
                        ],
                        default="each",
                        max_length=5,
                        verbose_name="mails about replies",
                    ),
                ),
                ("reply_count", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "pinned",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="comments.comment",
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversation",
                        to="blog.post",
                        verbose_name="post",
                    ),
                ),
            ],
            options={
                "verbose_name": "conversation",
                "verbose_name_plural": "conversations",
            },
        ),
        migrations.CreateModel(
            name="Thanks",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reader", models.CharField(max_length=32)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thanks",
                        to="comments.comment",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["post", "path", "status", "descendant_count"], name="comment_in_thread"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["status", "submitted_at"], name="comment_queue"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["user", "submitted_at"], name="comment_by_account"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["email", "status"], name="comment_by_email"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["address_hash", "submitted_at"], name="comment_by_address"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["text_hash", "submitted_at"], name="comment_by_text"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["post", "status", "submitted_at"], name="comment_newest_in_post"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["post", "status", "descendant_count"], name="comment_answered_in_post"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("report_count__gt", 0)),
                fields=["-report_count"],
                name="comment_reported",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(
                fields=("post", "path"), name="comment_one_place_in_thread"
            ),
        ),
        migrations.AddConstraint(
            model_name="thanks",
            constraint=models.UniqueConstraint(
                fields=("comment", "reader"), name="thanks_once_per_reader"
            ),
        ),
    ]
