import uuid

import django.db.models.deletion
import django.utils.timezone
import markdownx.models
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import accounts.fields
import accounts.names
import blog.fields
import blog.languages
import web.collation


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_users_and_authors"),
        ("images", "0001_library_of_images"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        max_length=200,
                        validators=[accounts.names.validate_visible],
                        verbose_name="title",
                    ),
                ),
                (
                    "slug",
                    accounts.fields.UnicodeSlugField(
                        blank=True,
                        help_text="The part of the page's address that names it; made from the name if empty.",
                        max_length=100,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("sort_key", web.collation.SortKeyField(below="", default=b"", of="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=100,
                        unique=True,
                        validators=[accounts.names.validate_visible],
                        verbose_name="name",
                    ),
                ),
                (
                    "slug",
                    accounts.fields.UnicodeSlugField(
                        blank=True,
                        help_text="The part of the page's address that names it; made from the name if empty.",
                        max_length=100,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "folded",
                    models.CharField(db_index=True, default="", editable=False, max_length=300),
                ),
                ("sort_key", web.collation.SortKeyField(below="", default=b"", of="name")),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Byline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("author", "author"),
                            ("translator", "translator"),
                            ("photographer", "photographer"),
                            ("editor", "editor"),
                        ],
                        default="author",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bylines",
                        to="accounts.author",
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "byline",
                "verbose_name_plural": "bylines",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=100,
                        validators=[accounts.names.validate_visible],
                        verbose_name="name",
                    ),
                ),
                (
                    "slug",
                    accounts.fields.UnicodeSlugField(
                        blank=True,
                        help_text="The part of the page's address that names it; made from the name if empty.",
                        max_length=100,
                        verbose_name="slug",
                    ),
                ),
                ("path", models.CharField(editable=False, max_length=403, unique=True)),
                ("sort_key", web.collation.SortKeyField(below="parent", default=b"", of="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="blog.category",
                        verbose_name="within",
                    ),
                ),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NotedChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("posts", "Posts"), ("replies", "Replies")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["scope", "-at"], name="noted_change_latest")],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "title",
                    models.CharField(
                        max_length=200,
                        validators=[accounts.names.validate_visible],
                        verbose_name="title",
                    ),
                ),
                (
                    "slug",
                    accounts.fields.UnicodeSlugField(
                        blank=True, max_length=100, verbose_name="slug"
                    ),
                ),
                (
                    "language",
                    blog.fields.LanguageField(
                        default=blog.languages.site_language, max_length=35, verbose_name="language"
                    ),
                ),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="publication date"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="updated"
                    ),
                ),
                (
                    "touched_at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "series_position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="place in the series"),
                ),
                ("canonical_url", models.URLField(blank=True, verbose_name="canonical URL")),
                (
                    "address",
                    models.CharField(editable=False, max_length=140, null=True, unique=True),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("has_more", models.BooleanField(default=False, editable=False)),
                ("more_label", models.CharField(default="", editable=False, max_length=100)),
                ("reading_minutes", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("excerpt_html", models.TextField(default="", editable=False)),
                ("toc", models.JSONField(default=list, editable=False)),
                ("body", markdownx.models.MarkdownxField(blank=True, verbose_name="text")),
                ("body_html", models.TextField(default="", editable=False)),
                ("body_text", models.TextField(default="", editable=False)),
                (
                    "authors",
                    models.ManyToManyField(
                        related_name="posts",
                        through="blog.Byline",
                        to="accounts.author",
                        verbose_name="authors",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="blog.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "images",
                    models.ManyToManyField(editable=False, related_name="posts", to="images.image"),
                ),
                (
                    "lead_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="images.image",
                        verbose_name="lead image",
                    ),
                ),
                (
                    "translation_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="translated_as",
                        to="blog.post",
                        verbose_name="translation of",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="posts",
                        to="blog.series",
                        verbose_name="series",
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "verbose_name_plural": "posts",
                "ordering": ["-published_at", "-pk"],
                "permissions": [
                    ("publish_post", "Can publish posts"),
                    ("change_any_post", "Can change the posts of others"),
                ],
            },
        ),
        migrations.AddField(
            model_name="byline",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="bylines", to="blog.post"
            ),
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="saved")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("tags", models.JSONField(default=list, verbose_name="tags")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Redirect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=500, unique=True, verbose_name="address")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redirects",
                        to="accounts.author",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redirects",
                        to="blog.category",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redirects",
                        to="blog.post",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redirects",
                        to="blog.series",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redirects",
                        to="blog.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "old address",
                "verbose_name_plural": "old addresses",
            },
        ),
        migrations.CreateModel(
            name="TaggedPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged",
                        to="blog.post",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged",
                        to="blog.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag of a post",
                "verbose_name_plural": "tags of posts",
            },
        ),
        migrations.AddField(
            model_name="post",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="blog.TaggedPost",
                to="blog.Tag",
                verbose_name="tags",
            ),
        ),
        migrations.AddConstraint(
            model_name="byline",
            constraint=models.UniqueConstraint(fields=("post", "author"), name="author_named_once"),
        ),
        migrations.AddConstraint(
            model_name="taggedpost",
            constraint=models.UniqueConstraint(
                fields=("content_object", "tag"), name="post_tagged_once"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["status", "-published_at", "-id"], name="post_newest"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                fields=["category", "status", "-published_at"], name="post_newest_in_category"
            ),
        ),
    ]
