import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.fields
import accounts.names
import accounts.portraits
import web.collation


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "portrait",
                    models.ImageField(
                        blank=True,
                        max_length=200,
                        upload_to=accounts.portraits.portrait_path,
                        verbose_name="portrait",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "This user name is taken."},
                        max_length=60,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\\Z",
                                "Use letters a to z, digits, and in between also dots, hyphens and underscores.",
                            )
                        ],
                        verbose_name="user name",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                (
                    "display_name",
                    models.CharField(
                        blank=True,
                        help_text="Shown with your replies. Without it, your user name is shown.",
                        max_length=80,
                        validators=[accounts.names.validate_name],
                        verbose_name="name to show",
                    ),
                ),
                (
                    "reply_mails",
                    models.CharField(
                        choices=[
                            ("each", "a mail for each reply"),
                            ("daily", "one mail a day"),
                            ("none", "no mails"),
                        ],
                        default="each",
                        help_text="For moderators. What authors are told is set at each post.",
                        max_length=5,
                        verbose_name="mails about replies that wait",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "portrait",
                    models.ImageField(
                        blank=True,
                        max_length=200,
                        upload_to=accounts.portraits.portrait_path,
                        verbose_name="portrait",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=120,
                        validators=[accounts.names.validate_name],
                        verbose_name="name",
                    ),
                ),
                (
                    "slug",
                    accounts.fields.UnicodeSlugField(
                        blank=True,
                        help_text="The part of the page's address that names the author; made from the name if empty.",
                        max_length=120,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                ("sort_key", web.collation.SortKeyField(below="", default=b"", of="name")),
                (
                    "biography",
                    models.TextField(
                        blank=True,
                        help_text="A few sentences in Markdown.",
                        verbose_name="biography",
                    ),
                ),
                ("biography_html", models.TextField(default="", editable=False)),
                ("website", accounts.fields.WebAddressField(blank=True, verbose_name="website")),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        help_text="Leave empty for a guest author, who writes without an account.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="author",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "author",
                "verbose_name_plural": "authors",
                "ordering": ("sort_key", "pk"),
                "permissions": (("change_any_author", "Can change the bylines of others"),),
            },
        ),
        migrations.CreateModel(
            name="AuthorLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        max_length=60,
                        validators=[accounts.names.validate_visible],
                        verbose_name="text of the link",
                    ),
                ),
                ("url", accounts.fields.WebAddressField(max_length=500, verbose_name="address")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="accounts.author",
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"),
                name="accounts_user_username_in_any_capitals",
                violation_error_message="This user name is taken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="accounts_user_email_in_any_capitals",
                violation_error_message="There is an account with this e-mail address already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorlink",
            constraint=models.UniqueConstraint(
                fields=("author", "url"),
                name="accounts_authorlink_once_per_author",
                violation_error_message="This address is in the list already.",
            ),
        ),
    ]
