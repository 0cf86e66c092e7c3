"""What the Markdown editor asks for while one writes: the preview."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from blog.languages import canonical_tag
from blog.saving.rendering import notice_of, render

# Characters; a long novel. Django's own limit on the size of a request stands before it.
LONGEST_TEXT = 1_000_000


def preview(request: HttpRequest) -> HttpResponse:
    """Render the Markdown in `content`, by the function that publishing uses, in `language`.

    POST by staff who may write posts. Answers an HTML fragment that is safe to insert, with a note
    before the text on what was taken out of it, if anything was; or with status 403, 405 or 413 a
    sentence in plain text.
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
    """The language of the form; the site's own while something else than a tag is typed there."""
    try:
        return canonical_tag(request.POST.get("language", ""))
    except ValidationError:
        return settings.LANGUAGE_CODE


def _refusal(status: int, message: str, **headers: str) -> HttpResponse:
    return HttpResponse(
        message, status=status, content_type="text/plain; charset=utf-8", headers=headers
    )
