"""Where a page offers the documents of an application."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.documents.regimes import arrangements
from applications.models import Application

# The form, and what its link is called.
FORMATS = ("pdf", "json", "print")


@dataclass(frozen=True)
class DocumentLinks:
    """One arrangement with a link for each format."""

    title: str
    links: list[tuple[str, str]]


def document_links(application: Application, version: int | None = None) -> list[DocumentLinks]:
    """For the part `applications/parts/documents.html`; without a version, of the present one."""
    return [
        DocumentLinks(
            str(title),
            [(_name(each), _address(application, each, key, version)) for each in FORMATS],
        )
        for key, title in arrangements()
    ]


def _name(document_format: str) -> str:
    return {"pdf": _("PDF"), "json": _("JSON"), "print": _("Page for printing")}[document_format]


def _address(application: Application, document_format: str, key: str, version: int | None) -> str:
    page = reverse("applications:document", args=[application.pk, document_format])
    asked = {"as": key} if version is None else {"as": key, "version": version}
    return f"{page}?{urlencode(asked)}"
