"""Uploads as a browser sends them, without a server in between."""

import base64
import io

import pytest
from django.test import RequestFactory

from xingyun.files import tus
from xingyun.files.models import Upload


class Client:
    """Speaks tus for one person."""

    def __init__(self, owner_id, now):
        self.owner_id, self.now, self.factory = owner_id, now, RequestFactory()

    def create(self, length, name="合同.pdf", limit=None, **headers):
        coded = base64.b64encode(name.encode()).decode()
        told = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(length),
            "Upload-Metadata": f"filename {coded}",
        }
        request = self.factory.post("/uploads", headers={**told, **headers})
        return tus.create(
            request,
            owner_id=self.owner_id,
            address=lambda uuid: f"/uploads/{uuid}",
            now=self.now,
            limit=limit,
        )

    def begin(self, length, **options):
        response = self.create(length, **options)
        assert response.status_code == 201, response.content.decode()
        return response["Location"].rsplit("/", 1)[1]

    def patch(self, uuid, offset, content, stream=None, length=None, **headers):
        told = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)}
        request = self.factory.generic(
            "PATCH", f"/uploads/{uuid}", content, content_type=tus.CONTENT, headers={**told, **headers}
        )
        if stream is not None:
            request.environ["CONTENT_LENGTH"] = request.META["CONTENT_LENGTH"] = str(length)
            request._stream = stream
        return tus.serve(request, owner_id=self.owner_id, uuid=uuid)

    def ask(self, method, uuid, **headers):
        request = self.factory.generic(
            method, f"/uploads/{uuid}", headers={"Tus-Resumable": "1.0.0", **headers}
        )
        return tus.serve(request, owner_id=self.owner_id, uuid=uuid)

    def send(self, content, **options):
        uuid = self.begin(len(content), **options)
        assert self.patch(uuid, 0, content).status_code == 204
        return Upload.objects.get(uuid=uuid)


class Breaking(io.RawIOBase):
    """A connection that breaks after some bytes."""

    def __init__(self, content, after):
        self.rest, self.after = io.BytesIO(content), after

    def read(self, size=-1):
        if self.after <= 0:
            raise OSError("connection reset")
        piece = self.rest.read(min(size, self.after))
        self.after -= len(piece)
        return piece


@pytest.fixture
def owner(person):
    return person("zhang.wei")


@pytest.fixture
def tusc(owner, now):
    return Client(owner.pk, now)


@pytest.fixture
def stranger(person, now):
    return Client(person("li.na").pk, now)


@pytest.fixture
def breaking():
    return Breaking


@pytest.fixture
def pdf():
    """The smallest honest PDF, two pages."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(2):
            made.add_blank_page(page_size=(595, 842))
        made.save(out)
    return out.getvalue()
