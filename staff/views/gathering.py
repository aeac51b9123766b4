"""Checking a file's evidence anew, when something may have changed or could not be reached."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from applications.actions.gathering import gather_again
from staff.access import reviewers_only
from staff.views.files import load_file


@require_POST
@reviewers_only
def gather_evidence_again(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = load_file(request, application_id)
    gather_again(application, by=request.user)
    messages.success(
        request, _("Everything was checked again. What ORCID has to say follows in a moment.")
    )
    return redirect(reverse("staff:application", args=[application.pk]) + "#answers")
