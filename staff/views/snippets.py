"""Texts that reviewers use often, shared by all of them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from lib.errors import Refused
from reviews.desk import delete_snippet, write_snippet
from reviews.models import Snippet
from staff.access import reviewers_only
from staff.forms.arranging import SnippetForm


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def snippets(request: SignedInRequest) -> HttpResponse:
    """All texts; a POST adds one."""
    form = SnippetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            write_snippet(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("title", refusal.sentence)
        else:
            messages.success(request, _("The text is kept for all reviewers."))
            return redirect("staff:snippets")
    context = {
        "staff_tab": "snippets",
        "form": form,
        "snippets": Snippet.objects.select_related("written_by"),
    }
    is_part = request.method != "POST" and getattr(request, "htmx", False)
    template = "staff/parts/snippet_list.html" if is_part else "staff/snippets.html"
    return render(request, template, context)


@require_POST
@reviewers_only
def delete(request: SignedInRequest, snippet_id: uuid.UUID) -> HttpResponse:
    delete_snippet(get_object_or_404(Snippet, pk=snippet_id), by=request.user)
    messages.success(request, _("The text is deleted."))
    return redirect("staff:snippets")
