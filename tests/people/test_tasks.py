"""An import whose process has gone is taken up by time, in the name of who handed it in."""

from datetime import timedelta

from dabiao.base.files import store
from dabiao.base.files.recognise import Recognised
from dabiao.organisations.models import Unit, UnitImport
from dabiao.organisations.services import import_jobs
from dabiao.people import services, tasks
from dabiao.people.models import Posting
from organisations.files import HEADS, csv_text, row
from world import AT, World

LATER = AT + timedelta(hours=1)


def abandoned(world: World) -> UnitImport:
    """Handed in, confirmed, and then the process was gone."""
    by = world.actor("bureau_city")
    taken = store.take_in([csv_text([HEADS, row(1)]).encode()], Recognised("text/csv"))
    job = import_jobs.submit(taken=taken, name="企业.csv", by=by, at=AT)
    job = import_jobs.work(job=job, by=by, at=AT)
    return import_jobs.confirm(job=job, version=job.version, by=by, at=AT)


def test_it_goes_on_once_it_has_been_quiet_long_enough(world: World) -> None:
    job = abandoned(world)
    assert tasks.take_up_imports(AT + timedelta(minutes=5)) == 0
    assert tasks.take_up_imports(LATER) == 1
    job.refresh_from_db()
    assert job.state == "done"
    assert Unit.objects.filter(name="示例甲1厂").exists()
    assert tasks.take_up_imports(LATER) == 0


def test_nothing_is_begun_for_somebody_who_has_gone(world: World) -> None:
    job = abandoned(world)
    posting = Posting.objects.get(account=job.account)
    services.end_posting(posting=posting, until=AT.date(), by=world.actor("security_admin"), at=AT)
    assert tasks.take_up_imports(LATER) == 0
    assert not Unit.objects.filter(name="示例甲1厂").exists()
