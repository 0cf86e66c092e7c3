from __future__ import annotations

from typing import Any

from allauth.account.admin import EmailAddress  # from there, as that is what registers it
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.fields import MailboxField, PortraitField
from accounts.forms import BylineForm
from accounts.models import Author, AuthorLink, User
from accounts.roles import Role, assign_roles, roles_of
from web.admin.choosing import ChoosesOne, ListsByName
from web.admin.saving_again import SavesAgain

# Neither is edited by hand: roles are a table in the code (accounts.roles), and an address that
# somebody else can mark as confirmed is a way into an account.
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)


class RolesField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Role.choices, required=False, label=_("Roles"), **kwargs)


class UserAddForm(AdminUserCreationForm):
    email = MailboxField(label=_("E-mail address"))
    roles = RolesField()

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "email", "display_name")


class UserEditForm(UserChangeForm):
    email = MailboxField(label=_("E-mail address"))
    roles = RolesField()

    class Meta(UserChangeForm.Meta):
        field_classes = {**UserChangeForm.Meta.field_classes, "portrait": PortraitField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(email := self.fields.get("email"), MailboxField):
            email.kept = self.instance.email
        if "roles" in self.fields:
            self.fields["roles"].initial = roles_of(self.instance)


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(role.value, str(role.label)) for role in Role]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class PersonAdmin(SavesAgain, UserAdmin):
    """Accounts. Only superusers make, change or delete superusers; users with a role are staff."""

    form = UserEditForm
    add_form = UserAddForm
    list_display = ("username", "public_name", "email", "role_names", "is_active", "last_login")
    list_filter = (RoleFilter, "is_active", "is_superuser")
    list_select_related = ("author",)
    search_fields = ("username", "email", "display_name", "author__name")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "email", "display_name", "portrait")}),
        (_("What this person may do"), {"fields": ("roles", "is_active")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    superuser_fieldset = (_("Everything, everywhere"), {"fields": ("is_superuser",)})
    add_fieldsets = (
        (None, {"fields": ("username", "email", "display_name")}),
        (None, {"fields": ("usable_password", "password1", "password2")}),
        (_("What this person may do"), {"fields": ("roles",)}),
    )

    @admin.display(description=_("name to show"))
    def public_name(self, user: User) -> str:
        return user.public_name

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        names = {group.name for group in user.groups.all()}
        return ", ".join(str(role.label) for role in Role if role.value in names)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return (*fieldsets, self.superuser_fieldset) if obj and may_crown(request) else fieldsets

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and may_touch(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, assign the roles, and confirm an address that the administrator typed."""
        super().save_related(request, form, formsets, change)
        assign_roles(user=form.instance, roles=map(Role, form.cleaned_data["roles"]))
        if "email" in form.changed_data:
            form.instance.vouch_for_email()


def may_crown(request: HttpRequest) -> bool:
    return bool(request.user.is_superuser)


def may_touch(request: HttpRequest, user: User | None) -> bool:
    return user is None or not user.is_superuser or may_crown(request)


class LinkInline(admin.TabularInline):
    model = AuthorLink
    extra = 1


@admin.register(Author)
class AuthorAdmin(ChoosesOne, ListsByName, SavesAgain):
    """Bylines. All staff may view all; changing others' takes `change_any_author`."""

    form = BylineForm
    inlines = (LinkInline,)
    list_display = ("listed_name", "slug", "user", "website")
    list_select_related = ("user",)
    search_fields = ("name", "slug", "user__username")
    fields = ("name", "slug", "user", "biography", "portrait", "website")
    autocomplete_fields = ("user",)

    def get_readonly_fields(self, request: HttpRequest, obj: Author | None = None) -> list[str]:
        """Return the fields closed to the user: the permanent slug and the byline's account."""
        closed = {"slug": "accounts.change_any_author", "user": "accounts.change_user"}
        return [name for name, key in closed.items() if not request.user.has_perm(key)]

    def has_change_permission(self, request: HttpRequest, obj: Author | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.is_editable_by(request.user))
