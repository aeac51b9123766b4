"""Taking the whole application away: PDF, JSON, or a page for printing."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from applications.actions import closes_for, note_document
from applications.documents.as_json import to_json
from applications.documents.building import document_of
from applications.documents.links import FORMATS
from applications.documents.pdf import to_pdf
from applications.documents.regimes import AS_FILLED_IN, Regime, regime_of
from applications.documents.structure import ApplicationDocument
from applications.documents.wording import front_lines
from applications.models import Application, ApplicationVersion


@require_safe
@login_required
def document(
    request: SignedInRequest, application_id: uuid.UUID, document_format: str
) -> HttpResponse:
    """`version` in the address names one, `as` the arrangement; reviewers also get the evidence."""
    if document_format not in FORMATS:
        raise Http404
    seen = Application.objects.visible_to(request.user)
    application = get_object_or_404(
        seen.select_related("programme", "applicant", "institution"), pk=application_id
    )
    is_own = application.applicant_id == request.user.pk
    if not is_own and closes_for(application, request.user):
        raise Http404
    version = _version(request, application, is_own=is_own)
    made = document_of(application, version, regime=_regime(request), with_evidence=not is_own)
    response = _response(request, made, document_format)
    note_document(
        application,
        version=made.version,
        document_format=document_format,
        arrangement=made.arrangement,
        by=request.user,
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _version(
    request: SignedInRequest, application: Application, *, is_own: bool
) -> ApplicationVersion | None:
    """The one asked for; else the draft while the applicant writes, else what was submitted."""
    asked = request.GET.get("version", "")
    if not asked:
        return None if is_own and application.is_editable else _latest(application)
    if asked == "0" and is_own:
        return None
    if not asked.isdecimal() or len(asked) > 4:
        raise Http404
    return get_object_or_404(application.versions, number=int(asked))


def _latest(application: Application) -> ApplicationVersion | None:
    """None for what was withdrawn before it was ever submitted."""
    return application.versions.order_by("-number").first()


def _regime(request: SignedInRequest) -> Regime | None:
    asked = request.GET.get("as", AS_FILLED_IN)
    regime = regime_of(asked)
    if regime is None and asked != AS_FILLED_IN:
        raise Http404
    return regime


def _response(
    request: SignedInRequest, made: ApplicationDocument, document_format: str
) -> HttpResponse:
    if document_format == "print":
        context = {"document": made, "front_lines": list(front_lines(made))}
        return render(request, "applications/print.html", context)
    write, media_type = {
        "pdf": (to_pdf, "application/pdf"),
        "json": (to_json, "application/json"),
    }[document_format]
    name = f"{_file_name(made)}.{document_format}"
    return HttpResponse(
        write(made),
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _file_name(made: ApplicationDocument) -> str:
    """The end of the identifier tells two applications apart; the beginning is a time."""
    edition = f"version-{made.version}" if made.version else "draft"
    arrangement = "" if made.arrangement == AS_FILLED_IN else f"-{made.arrangement}"
    return f"application-{made.id[-8:]}-{edition}{arrangement}"
