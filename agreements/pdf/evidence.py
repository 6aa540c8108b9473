"""What a signature says under itself about the power it rests on: the delegation's id as a claimed role, and that it is a
proof of approval (CAdES signed attributes, ETSI EN 319 122-1, 5.2.3 and 5.2.6). Written before signing, read back after."""

from __future__ import annotations

from uuid import UUID

from asn1crypto import cms
from asn1crypto import x509 as asn1
from pyhanko.sign.ades.api import CAdESSignedAttrSpec, GenericCommitment, SignerAttrSpec

PREFIX = "urn:concord:authority:"


def urn(authority: UUID) -> str:
    """How a delegation is named in a signature."""
    return f"{PREFIX}{authority}"


def signed_attributes(authority: str) -> CAdESSignedAttrSpec:
    """The commitment, and with an `authority` (a URN) the role in which the signer claims to act."""
    role = cms.RoleSyntax({"role_name": asn1.GeneralName("uniform_resource_identifier", asn1.URI(authority))})
    claimed = cms.AttCertAttribute({"type": "role", "values": [role]})
    return CAdESSignedAttrSpec(
        commitment_type=GenericCommitment.PROOF_OF_APPROVAL.asn1,
        signer_attributes=SignerAttrSpec(claimed_attrs=[claimed], certified_attrs=[]) if authority else None,
    )


def authority_in(signer: cms.SignerInfo) -> str:
    """The URN of the delegation that stands in a signature; "" where none does."""
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native != "signer_attributes_v2":
            continue
        for claimed in attribute["values"][0]["claimed_attributes"]:
            if claimed["type"].native != "role":
                continue
            for role in claimed["values"]:
                name = str(role["role_name"].native)
                if name.startswith(PREFIX):
                    return name
    return ""
