"""Files of the weights route as answers, of pages and API alike. Whether somebody may have one is decided before."""

from __future__ import annotations

from django.http import HttpResponse

from core import downloads, storage
from early_access.models import DestructionCertificate, WeightsManifest


def bundle(manifest: WeightsManifest) -> HttpResponse:
    """The signed bundle as it came. FileDamaged when the store lost or changed it."""
    return downloads.file(storage.get(manifest.sha256), f"{_name(manifest)}.sig.json", "application/json")


def sums(manifest: WeightsManifest) -> HttpResponse:
    """The same files as `sha256sum -c` takes them. FileDamaged as above."""
    content = storage.get(manifest.sums_sha256)
    return downloads.file(content, f"{_name(manifest)}.SHA256SUMS", "text/plain; charset=utf-8")


def certificate(found: DestructionCertificate, reference: str) -> HttpResponse:
    """The certificate of one agency's answer, under the request's reference."""
    return downloads.file(found.text.encode(), f"{reference}-destroyed.json", "application/json; charset=utf-8")


def _name(manifest: WeightsManifest) -> str:
    return f"{manifest.request.reference}-v{manifest.version}"
