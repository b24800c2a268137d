"""Digital signatures in PDFs (PAdES, ISO 32000-2 12.8): who issued it, and that nothing has changed since.

The key lies in a PKCS#12 file, as certification authorities hand them out. Signed files differ each time
they are made: a signature is tied to its moment.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

Result = TypeVar("Result")

FIELD = "issuer"
SELF_MADE_FROM = datetime(2020, 1, 1, tzinfo=UTC)
SELF_MADE_TO = datetime(2049, 12, 31, tzinfo=UTC)


class SigningError(ValueError):
    """The key can't be used: no such file, a wrong password, or no PKCS#12 with key and certificate."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What an office signs with: a PKCS#12 file and its password (empty: none)."""

    path: Path
    password: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Whom a key belongs to; `fingerprint` is the SHA-256 of its certificate, 64 hexadecimal digits."""

    name: str
    fingerprint: str

    @property
    def in_groups(self) -> str:
        """The fingerprint as people compare it: in groups of four."""
        shown = self.fingerprint.upper()
        return " ".join(shown[n : n + 4] for n in range(0, len(shown), 4))


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was found in a file. `whole`: it covers the file, and nothing was changed since."""

    by: Signer
    whole: bool


def sign(path: Path, *, out: Path, seal: Seal, reason: str) -> Path:
    """Write `path` (a PDF) to `out`, signed so that any later change breaks it. Raises SigningError."""
    # These modules cost seconds and 30 MB, and few processes ever sign.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    signer = _signer(seal)
    said = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        name=_common_name(_certificate(seal)),
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    with path.open("rb") as source, out.open("wb") as target:
        writer = IncrementalPdfFileWriter(source)
        _apart(lambda: signers.PdfSigner(said, signer).sign_pdf(writer, output=target))
    return out


def signatures(path: Path) -> tuple[Signed, ...]:
    """The signatures in a PDF. Whether their certificates are to be trusted is for the reader to say."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    found = []
    with path.open("rb") as stream:
        for one in PdfFileReader(stream).embedded_signatures:
            certificate = x509.load_der_x509_certificate(one.signer_cert.dump())
            found.append(Signed(_of(certificate), _is_whole(one)))
    return tuple(found)


def signer(seal: Seal) -> Signer:
    """Whom the key belongs to. Raises SigningError."""
    return _of(_certificate(seal))


def self_made(path: Path, name: str) -> Seal:
    """A key for rehearsals, made on first use and readable by its owner alone: nobody vouches for it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_made_for(name))
        with suppress(FileExistsError):
            # A link fails where a file is: of two processes that start at once, one key stays.
            os.link(fresh, path)
        fresh.unlink()
    return Seal(path)


def _made_for(name: str) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SELF_MADE_FROM)
        .not_valid_after(SELF_MADE_TO)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, None, serialization.NoEncryption()
    )


def _signer(seal: Seal) -> "SimpleSigner":
    from pyhanko.sign.signers import SimpleSigner

    _certificate(seal)  # says what is wrong with the file
    loaded: SimpleSigner = SimpleSigner.load_pkcs12_data(
        seal.path.read_bytes(), other_certs=(), passphrase=seal.password.encode() or None
    )
    return loaded


def _certificate(seal: Seal) -> x509.Certificate:
    try:
        content = seal.path.read_bytes()
        key, certificate, _others = pkcs12.load_key_and_certificates(content, seal.password.encode() or None)
    except (OSError, ValueError) as error:
        raise SigningError(f"{seal.path.name}: {error}") from error
    if key is None or certificate is None:
        raise SigningError(f"{seal.path.name}: no key, or no certificate")
    return certificate


def _of(certificate: x509.Certificate) -> Signer:
    return Signer(_common_name(certificate), certificate.fingerprint(hashes.SHA256()).hex())


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _is_whole(one: Any) -> bool:
    """Whether the certificate's key signed just these bytes, whoever vouches for the certificate."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False)
    try:
        found = _apart(lambda: validate_pdf_signature(one, context, skip_diff=True))
    except SignatureValidationError:
        return False
    return bool(found.intact and found.valid and found.coverage == SignatureCoverageLevel.ENTIRE_FILE)


def _apart(act: Callable[[], Result]) -> Result:
    """pyHanko starts an event loop for each act, which fails where the calling thread runs one already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(act).result()
