"""Files of each kind, right and wrong, made of bytes; and a form that asks for some."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.actions import attach_file
from applications.attachments import answering
from applications.questions import FileRules, Kind, Question, Section

RULES = FileRules(extensions=("pdf", "png", "jpg", "jpeg", "txt", "mp4", "mov"), count=3)
LETTERS = Question("letters", "Letters of approval", Kind.FILE, file_rules=RULES, is_required=False)


@pytest.fixture
def ask_for_files(monkeypatch):
    """Let the form have one section that asks for letters."""
    section = Section("project", "Documents", "", (LETTERS,))
    monkeypatch.setattr(answering, "sections_of", lambda application: (section,))
    return LETTERS


def pdf(text="A letter"):
    body = f"1 0 obj\n<</Title ({text})>>\nendobj\n".encode()
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + body + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def _chunk(label, content):
    checksum = zlib.crc32(label + content)
    return struct.pack(">I", len(content)) + label + content + struct.pack(">I", checksum)


def png(width=2, height=2):
    rows = zlib.compress(b"\0" + b"\0\0\0" * 2 + b"\0" + b"\0\0\0" * 2)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def jpeg(width=2, height=2):
    app = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    size = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(20)
    return b"\xff\xd8" + app + size + scan + b"\xff\xd9"


def mp4(brand=b"isom"):
    return b"\0\0\0\x20ftyp" + brand + b"\0\0\2\0isomiso2avc1mp41" + b"\0\0\0\x08free" + bytes(64)


def zip_bomb(unpacked_bytes=200_000_000):
    """A real one: small here, large when unpacked."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w") as member,
    ):
        for _ in range(unpacked_bytes // 1_000_000):
            member.write(bytes(1_000_000))
    return target.getvalue()


def upload(name, content, content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type)


def content_of(attachment):
    with default_storage.open(attachment.path) as content:
        return content.read()


def attach(application, name, content, *, question=LETTERS, by=None):
    return attach_file(
        application,
        question=question,
        upload=upload(name, content),
        by=by or application.applicant,
    )
