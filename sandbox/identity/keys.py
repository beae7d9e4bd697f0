"""The key that signs tokens, with a certificate of its own, and its public half as a JWKS."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Panel sandbox")])


class SigningKey:
    """One RSA key. `record` holds it in PEM, so that a restart signs on with the same."""

    def __init__(self, record: dict[str, str] | None = None) -> None:
        self.record = record or _made()
        private = serialization.load_pem_private_key(self.record["key"].encode(), None)
        if not isinstance(private, rsa.RSAPrivateKey):
            raise ValueError("The signing key in the data file is not an RSA key.")
        self._private = private
        self._certificate = x509.load_pem_x509_certificate(self.record["certificate"].encode())
        der = self._certificate.public_bytes(serialization.Encoding.DER)
        self._der = base64.b64encode(der).decode()
        # The thumbprint is an identifier by the rules of JWKS, it guards nothing.
        self.kid = _url(hashlib.sha1(der, usedforsecurity=False).digest())

    def sign(self, claims: dict[str, Any]) -> str:
        """A JWT over the claims, RS256."""
        names = {"kid": self.kid, "x5t": self.kid}
        return jwt.encode(claims, self._private, algorithm="RS256", headers=names)

    def public(self, issuer: str) -> dict[str, Any]:
        """The key as a JWKS shows it; `issuer` may hold the literal {tenantid}."""
        numbers = self._private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "kid": self.kid,
            "x5t": self.kid,
            "n": _url(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8)),
            "e": _url(numbers.e.to_bytes(3)),
            "x5c": [self._der],
            "cloud_instance_name": "microsoftonline.com",
            "issuer": issuer,
        }


def _made() -> dict[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_NAME)
        .issuer_name(_NAME)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {"key": private.decode(), "certificate": certificate.public_bytes(pem).decode()}


def _url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
