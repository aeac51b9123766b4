"""The outbox of a demonstration: the mails that would have been sent, for everybody to read.

Outside of a demonstration these addresses do not exist, because the mails let their readers in.
"""

import uuid

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from outbox.models import Message

_MESSAGES_PER_PAGE = 50


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest mail first."""
    _check_is_demonstration()
    messages = Message.objects.defer("body_encrypted").order_by("-created_at", "-id")
    page = Paginator(messages, _MESSAGES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/outbox.html", {"page": page})


@require_safe
def outbox_message(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """One mail with its text, links clickable."""
    _check_is_demonstration()
    message = get_object_or_404(Message, pk=message_id)
    return render(request, "portal/outbox_message.html", {"mail": message})


def _check_is_demonstration() -> None:
    if not settings.DEMO:
        raise Http404
