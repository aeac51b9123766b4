"""Independent reviews: taking one and giving one's own."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from applications import actions
from staff import acts
from staff.access import reviewers_only
from staff.views.files import carry_out


@require_POST
@reviewers_only
def take(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The review is yours.")
    return carry_out(request, application_id, acts.TAKE_REVIEW, actions.take_review, done)


@require_POST
@login_required
def give(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """Also for whoever was asked from outside for this one review."""
    done = _("Your review is in. Thank you.")
    return carry_out(request, application_id, acts.GIVE_REVIEW, actions.give_review, done)
