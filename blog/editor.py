"""The preview that the Markdown editor requests."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from blog.languages import canonical_tag
from blog.saving.rendering import notice_of, render
from site_settings.reading import site

# Characters, about a long novel. Django's limit on the size of a request applies first.
LONGEST_TEXT = 1_000_000


def preview(request: HttpRequest) -> HttpResponse:
    """Render the Markdown in `content` in `language`, with the function that publishing uses.

    For POST by staff who may write posts. Returns an HTML fragment that is safe to insert, after a
    note on what was taken out of the text, if anything was; or a sentence in plain text with status
    403, 405 or 413.
    """
    if request.method != "POST":
        return _refusal(405, _("A preview is asked for by POST."), Allow="POST")
    if not _may_write(request):
        return _refusal(403, _("Please sign in again, in another tab, and try once more."))
    source = request.POST.get("content", "")
    if len(source) > LONGEST_TEXT:
        return _refusal(413, _("The text is too long for a preview."))
    rendered = render(source, language=_language(request))
    return HttpResponse(_note(notice_of(rendered.taken_out)) + rendered.html)


def _note(notice: str) -> str:
    return render_to_string("blog/_taken_out.html", {"notice": notice}) if notice else ""


def _may_write(request: HttpRequest) -> bool:
    user = request.user
    return user.is_staff and (user.has_perm("blog.add_post") or user.has_perm("blog.change_post"))


def _language(request: HttpRequest) -> str:
    """Return the form's language; the site's own if the field holds no language tag."""
    try:
        return canonical_tag(request.POST.get("language", ""))
    except ValidationError:
        return site.default_language


def _refusal(status: int, message: str, **headers: str) -> HttpResponse:
    return HttpResponse(
        message, status=status, content_type="text/plain; charset=utf-8", headers=headers
    )
