"""Timestamps of signatures: when an envelope existed, by an authority's word (RFC 3161).

A timestamp lies beside the dossier, not in it: nobody has signed it, so that inside the file a
changed byte of it could go unseen.
"""

from __future__ import annotations

import hashlib
from datetime import UTC

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from hoshimori.dossier.envelope import envelope_json
from hoshimori.errors import FormatError
from hoshimori.model.dossiers import Package, Stamp


def stamp_of(package: Package, reply: bytes, roots_pem: bytes) -> Stamp:
    """Return which envelope of a package existed when, by a timestamp reply.

    Certificates are judged at the moment of the timestamp, so that no clock is asked.

    Raises:
        FormatError: the reply or the certificates cannot be read, the reply is not of one of
            these authorities, or it stamps no envelope of this package.
    """
    builder = VerifierBuilder(roots=_certificates(roots_pem))
    try:
        response = decode_timestamp_response(reply)
        stamped = response.tst_info.message_imprint.message
        moment = response.tst_info.gen_time
    except ValueError as error:
        raise FormatError(f"is no timestamp reply: {error}") from error
    for part in package.parts:
        text = envelope_json(part.envelope)
        if stamped not in (hashlib.sha256(text).digest(), hashlib.sha512(text).digest()):
            continue
        try:
            builder.build().verify_message(response, text)
        except (VerificationError, ValueError) as error:
            raise FormatError(f"the timestamp does not hold: {error}") from error
        aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return Stamp(hashlib.sha256(text).hexdigest(), aware)
    raise FormatError("the timestamp is of no envelope of this dossier")


def _certificates(pem: bytes) -> list[Certificate]:
    try:
        return load_pem_x509_certificates(pem)
    except ValueError as error:
        raise FormatError("the authority's certificates are no PEM") from error
