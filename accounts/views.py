from __future__ import annotations

from typing import Any

from allauth.account.views import SignupView
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import BylineForm, HiddenPortraitForm, LinkFormSet, PersonForm, PortraitForm
from accounts.models import Author


class SignUp(SignupView):
    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Sign up. After a double click the second request shows that the name is taken."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            form.full_clean()
        return self.form_invalid(form) if form.errors else super().form_valid(form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="profile")
def profile(request: HttpRequest) -> HttpResponse:
    """Show and save a user's name and portrait, and the byline if there is one."""
    forms = profile_forms(request)
    if request.method == "POST" and are_valid(forms):
        save_all(forms)
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", forms)


def profile_forms(request: HttpRequest) -> dict[str, Any]:
    posted = request.method == "POST"
    sent: dict[str, Any] = {"data": request.POST, "files": request.FILES} if posted else {}
    person: dict[str, Any] = {**sent, "instance": request.user}
    forms: dict[str, Any] = {"person_form": PersonForm(**person)}
    author = Author.objects.filter(user=request.user.pk).first()
    if author is None:
        return forms | {"portrait_form": PortraitForm(**person, prefix="own")}
    if person["instance"].portrait:
        forms |= {"portrait_form": HiddenPortraitForm(**person, prefix="own")}
    return forms | {
        "byline_form": BylineForm(**sent, instance=author),
        "link_forms": LinkFormSet(**sent, instance=author, prefix="links"),
    }


def are_valid(forms: dict[str, Any]) -> bool:
    """Return whether all forms are valid; validates each, so that all errors show at once."""
    return not [form for form in forms.values() if not form.is_valid()]


@transaction.atomic
def save_all(forms: dict[str, Any]) -> None:
    for form in forms.values():
        form.save()
