"""Policy texts, which are kept per language because no catalogue can know them."""

from collections.abc import Mapping

from django.utils.translation import get_language


def in_language(texts: Mapping[str, str]) -> str:
    """A policy text in the reader's language, else in English."""
    return texts.get((get_language() or "en").split("-")[0]) or texts.get("en", "")
