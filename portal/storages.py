"""Where files lie, as `STORAGE_URL` says: a local folder, or a bucket that speaks S3."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def storage(url: str) -> dict[str, Any]:
    """The entry of Django's STORAGES for `file:///folder` or `s3://key:secret@endpoint/bucket`.

    Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": unquote(parts.path),
                "file_permissions_mode": 0o600,
            },
        }
    if parts.scheme == "s3" and parts.path.strip("/"):
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": _s3_options(url),
        }
    raise ValueError(url)


def _s3_options(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = {
        "bucket_name": parts.path.strip("/"),
        "default_acl": "private",
        "querystring_expire": 300,
        **dict(parse_qsl(parts.query)),
    }
    if parts.hostname:
        port = f":{parts.port}" if parts.port else ""
        options["endpoint_url"] = f"https://{parts.hostname}{port}"
    if parts.username:
        options["access_key"] = unquote(parts.username)
        options["secret_key"] = unquote(parts.password or "")
    return options
