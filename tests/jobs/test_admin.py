"""Administrators find dead work and why it died, and change nothing."""

from django.urls import reverse

from jobs import actions
from jobs.models import Job
from tests.world import World, client_for

LIST = "admin:jobs_job_changelist"


def test_dead_work_is_found_with_its_reason(world: World) -> None:
    dead, waiting = actions.enqueue("jobs.echo", key="one"), actions.enqueue("jobs.echo", key="two", queue="mail")
    Job.objects.filter(pk=dead.pk).update(state="dead", error="the far side said no")
    client = client_for(world.staff)
    page = client.get(reverse(LIST), {"state__exact": "dead"}).content.decode()
    assert "the far side said no" in page
    assert str(waiting.pk) not in page
    assert str(waiting.pk) in client.get(reverse(LIST), {"queue": "mail", "kind": "jobs.echo"}).content.decode()
    assert str(dead.pk) in client.get(reverse(LIST), {"q": str(dead.pk)}).content.decode()


def test_work_is_read_only(world: World) -> None:
    job = actions.enqueue("jobs.echo", key="one")
    client = client_for(world.staff)
    assert client.get(reverse("admin:jobs_job_change", args=[job.pk])).status_code == 200
    assert client.post(reverse("admin:jobs_job_change", args=[job.pk]), {"state": "done"}).status_code == 403
    assert client.post(reverse("admin:jobs_job_delete", args=[job.pk]), {"post": "yes"}).status_code == 403


def test_people_of_organisations_do_not_reach_it(world: World) -> None:
    for organisation in ("aurora", "commerce"):
        answer = client_for(world.person(organisation, "administrator")).get(reverse(LIST))
        assert answer.status_code in (302, 403, 404)
