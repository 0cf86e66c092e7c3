"""The button that sends a test mail, on the desk's page of mails."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outbox.trying import NotSent, goes_to_files, send_test_mail
from site_settings.reading import site


@require_POST
def test_mail(request: HttpRequest) -> HttpResponse:
    """Mail whoever asks, who must be able to change the settings, and tell what became of it."""
    if not request.user.has_perm("site_settings.change_sitesettings"):
        raise PermissionDenied
    if address := getattr(request.user, "email", ""):
        _try(request, address)
    else:
        text = _("Your account has no e-mail address to which a test could go.")
        messages.error(request, text)
    return redirect("site_settings:group", "mails")


def _try(request: HttpRequest, address: str) -> None:
    try:
        send_test_mail(to=address, language=get_language() or site.default_language)
    except NotSent as why:
        messages.error(request, _("The mail did not go. %(why)s") % {"why": why})
    else:
        _tell_that_it_went(request, address)


def _tell_that_it_went(request: HttpRequest, address: str) -> None:
    if goes_to_files():
        text = _(
            "The site has no mail server: EMAIL_URL is not set. The mail is a file in %(folder)s."
        )
        messages.warning(request, text % {"folder": settings.DATA_DIR / "mail"})
        return
    text = _(
        "%(host)s has taken the mail to %(address)s. If it does not come in a few minutes, look "
        "among the spam, and at SPF and DKIM of the domain that it came from."
    )
    messages.success(request, text % {"host": settings.EMAIL_HOST, "address": address})
