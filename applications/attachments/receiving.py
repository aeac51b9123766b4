"""Reading an upload no further than it may be large, whatever it claims about itself.

Nothing here is a rule of its own: the limits are the question's, and each file is checked again
when it is attached.
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from applications.attachments import refusals
from applications.attachments.names import LONGEST_NAME
from applications.questions import FileRules

# Up to here an upload that is too large is read and thrown away, so that the browser gets its
# answer; beyond, nothing is read at all.
_READ_ANYWAY_BYTES = 64 * 1024 * 1024

_UNREADABLE = (
    MultiPartParserError,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
    UnreadablePostError,
)


class LimitedUploads(FileUploadHandler):
    """Drops each file that grows past the limit and remembers the sentence for it."""

    def __init__(self, request: HttpRequest, rules: FileRules, *, limit_bytes: int) -> None:
        super().__init__(request)
        self.limit_bytes = limit_bytes
        self.most_bytes = max(_READ_ANYWAY_BYTES, 2 * rules.count * limit_bytes)
        self.refusals: list[refusals.WrongFile] = []
        self._received_bytes = 0

    def handle_raw_input(
        self, input_data: Any, META: dict[str, str], content_length: int, *rest: Any, **more: Any
    ) -> None:
        if content_length > self.most_bytes:
            raise RequestDataTooBig

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._received_bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._received_bytes += len(raw_data)
        if self._received_bytes > self.limit_bytes:
            name = (self.file_name or "")[:LONGEST_NAME]
            self.refusals.append(refusals.too_large(name, self.limit_bytes))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def receive(request: HttpRequest, rules: FileRules, *, limit_bytes: int) -> LimitedUploads:
    """Read the body of the request. Raises WrongFile when it cannot be read or is far too large.

    A body sent in pieces without a length is not read: no browser sends a form so.
    """
    if "HTTP_TRANSFER_ENCODING" in request.META:
        raise refusals.unreadable_upload()
    uploads = LimitedUploads(request, rules, limit_bytes=limit_bytes)
    request.upload_handlers.insert(0, uploads)
    try:
        _ = request.POST
    except _UNREADABLE as problem:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > uploads.most_bytes:
            raise refusals.upload_too_large(limit_bytes) from problem
        raise refusals.unreadable_upload() from problem
    return uploads
