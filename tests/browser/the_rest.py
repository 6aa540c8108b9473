"""Pages that the main story does not pass: everybody's own, the organisation's, the public ones, those of other endings."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from playwright.sync_api import Browser, expect

from tests.authorization.matrix import committed
from tests.browser import further
from tests.browser.audit import WIDE, Audit
from tests.browser.first_half import Story, path_of
from tests.test_access_map import patterns

PUBLIC = ("/", "/section-3c/", "/verify/", "/components/", "/demo/mailbox/", "/no-such-page/", "/accounts/login/",
          "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/inactive/")  # fmt: skip
OWN = ("/due/", "/agreements/portfolio/", "/requests/windows/",
       "/notifications/", "/notifications/mail/", "/notifications/calendar/", "/search/", "/search/?q=heron",
       "/profile/", "/organisation/", "/agreements/certificates/", "/organisation/tokens/",
       "/accounts/2fa/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/",
       "/accounts/2fa/recovery-codes/generate/", "/accounts/sessions/", "/accounts/password/set/",
       "/accounts/logout/")  # fmt: skip
# Pages that nobody in the demo can have open, each with why; tests/pages and tests/accounts draw them.
ELSEWHERE = {
    "accounts/reauthenticate/": "the demo confirms at its own page",
    "accounts/2fa/reauthenticate/": "as above",
    "accounts/2fa/webauthn/reauthenticate/": "as above",
    "accounts/2fa/authenticate/": "comes between password and session; the demo's people have no password",
    "accounts/2fa/webauthn/login/": "answers the sign-in script, draws no page",
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": "needs a passkey: tests/pages/test_passkey.py",
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": "as above",
    "accounts/2fa/totp/deactivate/": "needs an authenticator app",
    "accounts/2fa/recovery-codes/": "needs recovery codes",
    "accounts/2fa/recovery-codes/download/": "is a file",
    "accounts/password/change/": "needs a password",
    "accounts/password/reset/key/done/": "follows a link of a mail",
    "accounts/email/": "leads to the profile",
    "accounts/confirm-email/": "addresses come verified with an invitation",
    "accounts/login/code/confirm/": "sign-in by code is off",
    "healthz": "answers the supervisor, draws no page",
    "requests/<slug:reference>/section/<slug:name>/autosave/": "answers the page's script",
    "assignments/<str:reference>/report/autosave/": "as above",
    "routing/overloads/<uuid:pk>/": "an agency has to be given more than it has places for: tests/evaluations/test_places.py",
    "assignments/<str:reference>/launches/<uuid:pk>/progress/": "as above",
    "requests/<slug:reference>/receipt/": "is a file",
    "requests/<slug:reference>/receipt.pdf": "is a file",
    "requests/<slug:reference>/documents/<slug:kind>/<int:version>/file/": "is a file",
    "requests/<slug:reference>/weights/manifest/<int:version>/bundle/": "is a file",
    "requests/<slug:reference>/weights/manifest/<int:version>/sums/": "is a file",
    "requests/<slug:reference>/return/<uuid:pk>/certificate/": "is a file",
    "requests/<slug:reference>/move/<slug:verb>/": "takes forms, draws no page",
    "inquiries/<slug:reference>/move/<slug:verb>/": "as above",
    "partners/<slug:reference>/move/<slug:verb>/": "as above",
    "partners/<slug:reference>/suspend/": "needs the day from which access is given, weeks ahead; drawn as a revocation is",
    "partners/denials.csv": "is a file",
    "organisation/invitations/<uuid:pk>/revoke/": "as above",
    "organisation/tokens/<uuid:pk>/revoke/": "as above",
    "organisation/invitations/<uuid:pk>/renew/": "as above",
    "organisation/webhooks/<uuid:pk>/pause/": "as above",
    "organisation/webhooks/<uuid:pk>/resume/": "as above",
    "organisation/webhooks/<uuid:pk>/test/": "as above",
    "organisation/webhooks/<uuid:pk>/again/": "as above",
    "organisation/webhooks/deliveries/<uuid:pk>/again/": "as above",
    "agreements/authorities/<uuid:pk>/document.pdf": "is a file",
    "agreements/authorities/<uuid:pk>/concur/": "leads back to the delegation",
    "agreements/incumbents/<uuid:pk>/document.pdf": "is a file",
    "agreements/incumbents/<uuid:pk>/concur/": "leads back to the incumbent",
    "agreements/<str:reference>/executed.pdf": "is a file",
    "agreements/<str:reference>/certificate.pdf": "is a file",
    "agreements/<str:reference>/sign/card/file.pdf": "is a file",
    "agreements/<str:reference>/sign/card/take/": "leads to the page for a card",
    "agreements/<str:reference>/sign/device/": "needs a signing device: tests/agreements/test_remote_signing_pages.py",
    "agreements/<str:reference>/sign/device/finish/": "leads to the page above",
    "agreements/<str:reference>/versions/<int:number>.docx": "is a file",
    "agreements/<str:reference>/text.pdf": "is a file",
    "agreements/<str:reference>/text.docx": "is a file",
    "agreements/<str:reference>/redline.pdf": "is a file",
    "agreements/<str:reference>/redline.docx": "is a file",
    "assignments/<str:reference>/report/preview.pdf": "is a file",
    "assignments/<str:reference>/shared-runs/<uuid:pk>/every-eval-ever.json": "is a file",
    "assignments/<str:reference>/reports/<int:number>.pdf": "is a file",
    "calendar/<str:token>.ics": "is a file",
    "verify/concord-root.pem": "is a file",
}


def strangers(browser: Browser, story: Story, audit: Audit) -> None:
    """Public pages without a session, and a developer that registers itself up to its verification."""
    context = browser.new_context(viewport=WIDE, base_url=story.product.address, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    audit.listen(page, "a stranger")
    for path in PUBLIC:
        page.goto(path)
        audit.look(page, "a stranger")
    page.goto("/verify/")
    page.set_input_files("#file", {"name": "copy.pdf", "mimeType": "application/pdf", "buffer": story.executed})
    expect(page.get_by_label("SHA-256")).to_have_value(sha256(story.executed).hexdigest())
    with page.expect_navigation():
        page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="This is the executed copy, byte for byte")).to_be_visible()
    audit.look(page, "a stranger")
    page.goto(f"/verify/?sha256={'0' * 64}")
    audit.look(page, "a stranger")
    name = f"Cobalt Works {secrets.token_hex(2)}"
    page.goto("/developers/register/")
    audit.look(page, "a stranger")
    page.get_by_label("Legal name of the organisation").fill(name)
    page.get_by_label("Where it is incorporated").fill("Delaware")
    page.get_by_label("Your e-mail address").fill(f"{secrets.token_hex(4)}@cobalt.example")
    with page.expect_navigation():
        page.get_by_role("button", name="Register").dblclick()
    audit.look(page, "a stranger")
    page.goto("/demo/mailbox/")
    audit.look(page, "a stranger")
    page.locator("summary", has_text="on Concord").first.click()
    link = re.search(r"/invitation/\S+", page.locator("main").inner_text())
    assert link is not None
    page.goto(link.group(0))
    audit.look(page, "a stranger")
    page.goto("/invitation/no-such-invitation/")
    audit.look(page, "a stranger")
    context.close()
    officer = story.cast("commerce", "intake")
    officer.open("/models/verification/")
    officer.follow(name)
    officer.press("Verify")


def organisation(story: Story) -> None:
    """People, invitations, tokens, delegations; outside counsel reads the agreement that it was given."""
    administrator, drafter = story.cast("aurora", "administrator"), story.cast("aurora", "drafter")
    for path in OWN:
        administrator.open(path)
    administrator.open("/organisation/")
    administrator.follow("Edda Varnholt")
    administrator.open("/organisation/invite/")
    administrator.fill(email=f"{secrets.token_hex(4)}@aurora.example")
    administrator.page.locator("main [name=roles][value=counsel]").check()
    administrator.press("Send invitation")
    administrator.open("/agreements/authorities/")
    administrator.follow("Record a delegation")
    if "/demo/confirm/" in administrator.page.url:
        administrator.press(f"Confirm as {administrator.who.name}", again=False)
    administrator.fill(number=f"D-{secrets.token_hex(3)}", title="Deputising", valid_from="2026-11-01 00:00")
    administrator.fill(instruments=["Framework memorandum of understanding"])
    administrator.press("Record")
    delegation = administrator.page.url
    drafter.open("/organisation/tokens/new/")
    drafter.fill(name="Nightly import")
    drafter.page.locator("[name=scope]").first.check()
    drafter.press("Issue the token", again=False)
    counsel, guest = story.cast("aurora", "counsel"), story.cast("aurora", "outside_counsel")
    counsel.open(delegation)
    counsel.press("Concur")
    further.posts(administrator, counsel)
    administrator.open(delegation)
    administrator.fill(reason="Recorded for the story.")
    administrator.press("Revoke")
    counsel.open(story.agreement)
    counsel.follow("Give outside counsel access")
    counsel.fill(until="2030-01-01", reason="Negotiates the terms for us.")
    counsel.press("Give access")
    guest.open(story.agreement)
    guest.reads("In force")
    counsel.open(story.agreement)
    counsel.follow("Who else may check it")
    counsel.press("Let anybody check it")
    counsel.open(f"{story.agreement}publish/")


def webhooks(story: Story) -> None:
    """A program of Aurora is told: added, tested, its secret replaced, changed, paused, resumed; another is removed."""
    administrator = story.cast("aurora", "administrator")
    for name in ("Case management", "To be removed"):
        administrator.open("/organisation/")
        administrator.follow("Webhooks")
        administrator.follow("Add a webhook")
        administrator.fill(
            name=name, address=story.product.places["CONCORD_SIMULATOR_URL"] + "/webhook",
            kinds=["An agreement ended", "An agreement was suspended"],
        )  # fmt: skip
        administrator.press("Add the webhook", again=False)
        administrator.follow("I have copied it")
    administrator.follow("Remove")
    administrator.press("Remove “To be removed”", again=False)
    administrator.follow("Case management")
    endpoint = path_of(administrator)
    administrator.press("Send a test event", again=False)
    administrator.until("Delivered")
    for words in ("Replace the secret", "Change"):
        administrator.open(endpoint)
        administrator.follow(words)
    administrator.open(endpoint)
    administrator.press("Pause", again=False)
    administrator.press("Resume", again=False)


def library(story: Story) -> None:
    """The next version of a clause is drafted, read by a second counsel, and given up."""
    writer, second = story.cast("commerce", "counsel"), story.cast("treasury", "counsel")
    writer.open("/agreements/")
    writer.follow("Clause library")
    writer.page.locator("summary", has_text="Clauses in order").first.click()
    writer.follow("Term")
    clause = path_of(writer)
    writer.press("Draft the next version", again=False)
    writer.fill(change_note="Counted from the first signature.", guidance="Ask before it gives way.")
    writer.press("Save and ask for a second reader", again=False)
    second.open(clause)
    second.reads("Counted from the first signature.")
    writer.open(clause)
    writer.press("Discard the draft", again=False)
    writer.open(f"{clause}versions/1/")
    writer.open("/agreements/library/")
    writer.follow(re.compile("Change how its agreements start ?: Framework"))
    writer.heading("How the agencies concur")
    writer.press("Save", again=False)
    story.cast("aurora", "counsel").open(f"{story.agreement}redline/")


def endings(story: Story) -> None:
    """The pages of every other way out, opened and left."""
    drafter, counsel = story.cast("aurora", "drafter"), story.cast("aurora", "counsel")
    for verb in ("suspend", "terminate", "amend", "text", "versions/1", "check-copy"):
        counsel.open(f"{story.agreement}{verb}/")
    story.cast("treasury", "counsel").open(f"{story.agreement}leave/")
    counsel.open("/agreements/amend/")
    counsel.press("Show what each would become", again=False)
    counsel.reads("What each would become")
    drafter.open("/agreements/new/")
    drafter.fill(title="To be withdrawn", agencies=["Department of Homeland Security"])
    drafter.press("Make the draft")
    drafter.fill(variables__model_families="Heron")
    drafter.press("Save and send to the other parties")
    drafter.follow("Withdraw")
    drafter.open(story.model)
    drafter.open("/agreements/?status=in_force")
    for path in ("/inbox/", "/models/", "/requests/", "/findings/", "/findings/over-time/", "/assignments/"):
        story.cast("basalt", "drafter").open(path)


def pages() -> list[str]:
    """Every pattern that draws a page for somebody: not the API, not the admin, not what only takes forms."""
    answers = {route: set(got.values()) for (route, method, _), got in committed().items() if method == "GET"}
    found = [r for r, _ in patterns() if not r.startswith(("admin/", "api/")) and "^" not in r]
    return [r for r in found if r and "405" not in answers.get(r, set())]


def forgotten(audit: Audit) -> list[str]:
    """Pages that nobody opened and nobody gave a reason for."""
    return sorted(set(pages()) - audit.routes - ELSEWHERE.keys())


def look_up(story: Story) -> None:
    """The auditor finds a request by its reference and reads it; the administrator finds it and its events in the
    Django admin. Neither can write."""
    reference = story.request.split("/")[2]
    auditor, administrator = story.cast("oversight", "auditor"), story.cast("concord", "")
    auditor.open("/inbox/")
    auditor.look_up(reference)
    auditor.reads("Timeline")
    assert auditor.page.locator("main form[method=post] button").count() == 0, "an auditor is offered a move"
    page = administrator.open("/admin/")
    for name in ("Events", "Early access requests"):
        page.goto("/admin/")
        with page.expect_navigation():
            page.get_by_role("link", name=name, exact=True).first.click()
        page.goto(f"{page.url}?q={reference}")
        assert page.locator("#result_list tbody tr").count() > 0, f"{name}: nothing is found for {reference}"
        assert page.locator("#content .addlink").count() == 0, f"{name} can be written in the admin"
