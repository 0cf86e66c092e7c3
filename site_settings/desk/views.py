"""The pages of the desk for who may change the settings: an overview, a form a group, and the log."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from site_settings.desk.forms import SettingsForm, form_of
from site_settings.desk.groups import BY_SLUG, GROUP_OF, GROUPS, Group
from site_settings.desk.words import in_words, label_of
from site_settings.models import KEY, SettingChange, SiteSettings
from site_settings.reading import fixed
from site_settings.verbs import change_settings, take_back
from web.pagination import Uncounted

CHANGES_PER_PAGE = 50
View = Callable[..., HttpResponse]


def owners_page(view: View) -> View:
    """Show a page of the desk to those who may change the settings."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("site_settings.change_sitesettings"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    entered: View = admin.site.admin_view(checked)
    return entered


@owners_page
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    stored = _stored()
    shown = [(group, [_row(stored, name) for name in group.names]) for group in GROUPS]
    return _page(request, "overview", title=_("Settings"), shown=shown)


def _row(stored: SiteSettings, name: str) -> dict[str, Any]:
    value = fixed(name)
    shown = getattr(stored, name) if value is None else value
    return {"label": label_of(name), "value": in_words(name, shown)}


@owners_page
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows the form of a group; POST stores what was changed, 422 if it cannot be."""
    shown = BY_SLUG.get(slug)
    if shown is None:
        raise Http404
    kind = form_of(shown)
    if request.method != "POST":
        return _form_page(request, shown, kind(instance=_stored()))
    form = kind(request.POST, instance=_stored())
    if not form.is_valid() or not _change(request, form):
        form.show_what_is_stored()
        return _form_page(request, shown, form, status=422)
    return redirect("site_settings:group", slug)


def _change(request: HttpRequest, form: SettingsForm) -> bool:
    """Store what was changed, tell so, and return whether; errors go to their fields."""
    try:
        changes = change_settings(values=form.changed_values, by=request.user)
    except ValidationError as refusal:
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
        return False
    _tell(request, changes)
    return True


def _tell(request: HttpRequest, changes: list[SettingChange]) -> None:
    if not changes:
        messages.info(request, _("Nothing was changed."))
    for change in changes:
        words = {
            "setting": label_of(change.setting),
            "after": in_words(change.setting, change.after),
        }
        messages.success(request, _("%(setting)s: “%(after)s” from now on.") % words)


@owners_page
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Show who set what, newest first."""
    logged = SettingChange.objects.select_related("by", "by__author")
    try:
        page = Uncounted(logged, CHANGES_PER_PAGE).page(request.GET.get("page", "1"))
    except (EmptyPage, ValueError) as error:
        raise Http404 from error
    rows = [
        {
            "change": one,
            "group": GROUP_OF[one.setting],
            "label": label_of(one.setting),
            "before": in_words(one.setting, one.before),
            "after": in_words(one.setting, one.after),
            "is_fixed": fixed(one.setting) is not None,
        }
        for one in page
        if one.setting in GROUP_OF
    ]
    return _page(request, "changes", title=_("What was set"), rows=rows, page_obj=page)


@owners_page
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a setting the value that it had before a change; tell why if that is not possible."""
    change = get_object_or_404(SettingChange, pk=pk)
    try:
        _tell(request, take_back(change=change, by=request.user))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("site_settings:changes")


def _stored() -> SiteSettings:
    return SiteSettings.objects.filter(pk=KEY).first() or SiteSettings(pk=KEY)


def _form_page(
    request: HttpRequest, shown: Group, form: SettingsForm, *, status: int = 200
) -> HttpResponse:
    return _page(request, "group", status=status, title=shown.title, group=shown, form=form)


def _page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    context = admin.site.each_context(request) | {"groups": GROUPS} | context
    return render(request, f"admin/settings/{name}.html", context, status=status)
