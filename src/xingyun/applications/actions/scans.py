"""The stamped scan: of the version that holds what is filled in now, all its pages, in order."""

from datetime import datetime

from django.utils.translation import gettext as _

from xingyun.applications import permissions
from xingyun.applications.actions.editing import editing
from xingyun.applications.models import Application, Booklet, StampedScan
from xingyun.applications.queries.booklets import current_booklet, digest, inputs_of, payload
from xingyun.applications.states import BookletState
from xingyun.audit.errors import Conflict, Refused
from xingyun.documents.codes import codes_of
from xingyun.files.models import File
from xingyun.files.queries import path
from xingyun.registry.actors import Actor

PDF = "application/pdf"


def add_scan(*, application: Application, file: File, actor: Actor, now: datetime) -> StampedScan:
    """Take the scan of the printed and sealed booklet, in the place of one of the same version.

    Either the pages to be sealed or the whole book. Raises Refused that says which page or version is wrong.
    """
    permissions.may_edit(actor, application, "booklet")
    booklet = _present(application)
    _whole(booklet, file)
    _of_this_version(application, booklet, file)
    places = ("booklet",)
    with editing(application=application, act="scan.added", places=places, actor=actor, now=now) as edit:
        if digest(inputs_of(edit.application)) != booklet.inputs:
            raise Conflict(_("就在刚才内容有改动，这份扫描件不是现在的版本。请重新成册、盖章、扫描。"))
        live = StampedScan.objects.filter(booklet=booklet, removed_at=None)
        if same := live.filter(file=file).first():
            edit.nothing = True
            return same
        live.update(removed_at=now)
        edit.say(version=booklet.version, file=file.sha256, pages=file.pages)
        return StampedScan.objects.create(booklet=booklet, file=file, added_by_id=actor.person, added_at=now)


def _present(application: Application) -> Booklet:
    booklet = current_booklet(application)
    if booklet is None:
        raise Refused(_("内容改动以后还没有成册。请先成册，打印新的一版，盖章后再扫描上传。"), field="scan")
    if booklet.state != BookletState.READY:
        raise Refused(_("第 %d 版还没有成册，请等它做好再上传扫描件。") % booklet.version, field="scan")
    return booklet


def _whole(booklet: Booklet, file: File) -> None:
    if file.kind != PDF:
        raise Refused(_("扫描件要合成一个 PDF。请把各页扫描成一个 PDF 文件再传。"), field="scan")
    stamped = booklet.plan["stamped"]
    if file.pages not in (stamped, booklet.pages):
        said = _(
            "扫描件有 %(have)d 页。请扫要盖章的前 %(stamped)d 页，或整本 %(all)d 页，合成一个 PDF 再传。"
        )
        facts = {"have": file.pages or 0, "stamped": stamped, "all": booklet.pages}
        raise Refused(said % facts, field="scan")


def _of_this_version(application: Application, booklet: Booklet, file: File) -> None:
    """Every code that can be read names this application, this version and this very page.

    A page whose code can't be read is left to the officer's eye.
    """
    for page, found in enumerate(codes_of(path(file), booklet.plan["stamped"]), 1):
        ours = [code.split("|") for code in found if code.startswith("XY1|")]
        if not ours or payload(application.number, booklet.version, page) in found:
            continue
        _kind, number, version, at = (ours[0] + ["", "", ""])[:4]
        raise Refused(_wrong(application, booklet, page, number, version, at), field="scan")


def _wrong(application: Application, booklet: Booklet, page: int, number: str, version: str, at: str) -> str:
    facts = {"page": page, "number": number, "version": version, "at": at, "now": booklet.version}
    if number != application.number:
        return _("扫描件第 %(page)d 页是另一份申请（%(number)s）的。请核对后重新扫描。") % facts
    if version != str(booklet.version):
        return (
            _("扫描件第 %(page)d 页是第 %(version)s 版，现在是第 %(now)d 版。请打印新的一版，盖章后扫描。")
            % facts
        )
    return _("扫描件第 %(page)d 页是册内第 %(at)s 页，顺序不对。请按页码理好再扫描。") % facts
