"""What stands under each signature besides the text: the delegation's id and the commitment, read out of the CMS."""

from __future__ import annotations

import io

import pytest
from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements import files, queries
from agreements.pdf import evidence, signing
from core.decisions import Conflict
from tests.agreements import factories as make
from tests.agreements.test_signing_faults import everything
from tests.world import World, client_for

PROOF_OF_APPROVAL = "1.2.840.113549.1.9.16.6.5"  # id-cti-ets-proofOfApproval, RFC 5126, 5.11.1


def attributes(pdf: bytes) -> dict[str, dict[str, cms.CMSAttribute]]:
    """The signed attributes of each signature by field, as they stand in the file."""
    found = {}
    for signature in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures:
        info = cms.ContentInfo.load(signature.pkcs7_content)["content"]["signer_infos"][0]
        found[signature.field_name] = {a["type"].native: a["values"][0] for a in info["signed_attrs"]}
    return found


def test_each_signature_names_its_delegation_and_what_it_commits_to(world: World) -> None:
    agreement = make.in_force(world, ("treasury",))
    with make.acting(world.person("aurora", "drafter")) as by:
        row = make.seen(agreement, by)
        found = attributes(files.read(queries.current_file(row).sha256))
        for signatory in row.plan:
            said = found[signatory.field_name]
            (claimed,) = said["signer_attributes_v2"]["claimed_attributes"]
            (role,) = claimed["values"]
            expected = f"urn:concord:authority:{signatory.authority_id}"
            assert role["role_name"].native == expected
            assert said["commitment_type"]["commitment_type_id"].dotted == PROOF_OF_APPROVAL
            assert "signing_certificate_v2" in said
        assert "signer_attributes_v2" not in found[signing.SEAL]
        sha256, named = queries.current_file(row).sha256, [f"urn:concord:authority:{s.authority_id}" for s in row.plan]
    page = client_for(world.person("aurora", "counsel")).get("/verify/", {"sha256": sha256}).content.decode()
    for urn in named:
        assert page.count(urn) == 1


def test_a_signature_that_names_another_delegation_is_not_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = make.awaiting(world, ("treasury",))
    before, named = everything(world, agreement), evidence.signed_attributes
    monkeypatch.setattr(signing, "signed_attributes", lambda _: named("urn:concord:authority:another"))
    with pytest.raises(Conflict, match="does not name the delegation"):
        make.sign(world, agreement, "aurora")
    assert everything(world, agreement) == before
