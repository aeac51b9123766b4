"""Independent reviews: taking one and giving one's own."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from applications import actions
from lib.errors import Refused
from staff import acts
from staff.access import reviewers_only
from staff.acts import Offer
from staff.forms.reviews import ReviewForm
from staff.views.files import carry_out, load_file, show


@require_POST
@reviewers_only
def take(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The review is yours.")
    return carry_out(request, application_id, acts.TAKE_REVIEW, actions.take_review, done)


@require_POST
@login_required
def give(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """Also for whoever was asked from outside for this one review; or keep it for later."""
    if "later" in request.POST:
        return _keep(request, application_id)
    done = _("Your review is in. Thank you.")
    return carry_out(request, application_id, acts.GIVE_REVIEW, actions.give_review, done)


def _keep(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """Whatever stands in the form is kept, complete or not."""
    application = load_file(request, application_id)
    form = ReviewForm(application, request.POST, prefix=acts.GIVE_REVIEW.key)
    try:
        actions.save_review(application, by=request.user, **form.typed)
    except Refused as refusal:
        return show(request, application, sent=Offer(acts.GIVE_REVIEW, form), refusal=refusal)
    messages.success(request, _("Your review is kept; it is not given yet."))
    return redirect("staff:application", application.pk)
