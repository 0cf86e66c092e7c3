"""The view to which the editor uploads a picture that was chosen, dropped or pasted."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.decorators import decorator_from_middleware
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from images.forms import MAX_BYTES, display_name
from images.library import add_image
from images.models import Image
from pictures import RefusedPicture

# The most bytes of a request besides the picture in it.
ENVELOPE = 64 * 1024
STATUSES = {"too_big": 413, "not_kept": 507}  # RFC 9110, RFC 4918
AT_MOST, WITHIN = 60, timedelta(minutes=10)


class RefusedUpload(Exception):
    """The upload was refused, with the status to answer (RFC 9110)."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class CsrfCheck(CsrfViewMiddleware):
    """Django's CSRF check, with an answer that the editor can show."""

    def _reject(self, request: HttpRequest, reason: str) -> JsonResponse:
        return _refusal(403, _("Your session has changed. Please reload the page and try again."))


# Reading the token reads the body, so the check of the body's size must come first.
@csrf_exempt
def upload(request: HttpRequest) -> HttpResponseBase:
    """Store the picture in the field `image` and answer how to write it into a text.

    For POST by staff who may add images. Answers JSON: `image_code`, `image_path`, `key` and `alt`,
    or with status 400, 403, 405, 413, 429 or 507 an `error` in the active language.
    """
    try:
        _refuse_strangers(request)
        _refuse_weight(request)
        return _receive(request)
    except RefusedUpload as refusal:
        return _refusal(refusal.status, str(refusal))
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return _refusal(400, _("The picture did not arrive in one piece. Please try again."))


@decorator_from_middleware(CsrfCheck)
def _receive(request: HttpRequest) -> JsonResponse:
    _refuse_haste(request)
    image = _kept(request)
    return JsonResponse(
        {
            "image_code": image.markdown,
            "image_path": image.url,
            "key": image.key,
            "alt": image.alt,
        },
        status=201,
    )


def _kept(request: HttpRequest) -> Image:
    sent = request.FILES.get("image")
    if not isinstance(sent, UploadedFile):
        raise RefusedUpload(400, _("No picture was sent."))
    try:
        return add_image(
            data=sent.read(MAX_BYTES + 1),
            uploaded_by=_sender(request),
            name=display_name(sent.name),
        )
    except RefusedPicture as refused:
        raise RefusedUpload(STATUSES.get(refused.code, 400), refused.message) from refused


def _sender(request: HttpRequest) -> AbstractUser:
    return cast(AbstractUser, request.user)


def _refuse_strangers(request: HttpRequest) -> None:
    if request.method != "POST":
        raise RefusedUpload(405, _("Pictures are sent by POST."))
    if not request.user.is_authenticated:
        raise RefusedUpload(403, _("Please sign in again, in another tab, and try once more."))
    if not (request.user.is_staff and request.user.has_perm("images.add_image")):
        raise RefusedUpload(403, _("You may not add images."))


def _refuse_weight(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > MAX_BYTES + ENVELOPE:
        too_big = RefusedPicture("too_big", megabytes=MAX_BYTES // 2**20)
        raise RefusedUpload(413, too_big.message)


def _refuse_haste(request: HttpRequest) -> None:
    recent = Image.objects.sent_by(_sender(request), since=timezone.now() - WITHIN)
    if recent.count() >= AT_MOST:
        raise RefusedUpload(429, _("That is many pictures at once. Please wait some minutes."))


def _refusal(status: int, message: str) -> JsonResponse:
    response = JsonResponse({"error": message}, status=status)
    if status == 405:
        response["Allow"] = "POST"
    if status == 429:
        response["Retry-After"] = str(int(WITHIN.total_seconds()))
    return response
