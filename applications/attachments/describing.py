"""An attachment in words that fit into JSON, as versions and documents keep it."""

from typing import Any

from applications.models import Attachment


def describe(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": str(attachment.pk),
        "question_key": attachment.question_key,
        "name": attachment.name,
        "kind": attachment.kind,
        "size_bytes": attachment.size_bytes,
        "sha256": attachment.sha256,
    }
