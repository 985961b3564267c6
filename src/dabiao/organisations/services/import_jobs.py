"""A file of units handed in on a page: checked, corrected, confirmed, entered; the work goes on by itself.

Whoever works on a job touches it first; one begun long ago and not ended is taken up anew. Entering
twice is harmless: what is there already is met as unchanged.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from dabiao.base import clock
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import DabiaoError
from dabiao.kernel.moves import Move
from dabiao.organisations import permissions, states
from dabiao.organisations.models import UnitImport
from dabiao.organisations.services.examining import Examined, Progress, examining
from dabiao.organisations.services.importing import Entered, import_units
from dabiao.organisations.services.outcome import contract, unreadable
from dabiao.organisations.states import ImportState
from dabiao.organisations.tables.values import FileFault

QUIET: Final = timedelta(minutes=30)  # begun so long ago: whoever worked on it is gone
MOST_ERRORS: Final = 200  # kept with the job


def submit(*, taken: store.Taken, name: str, by: Actor, at: datetime) -> UnitImport:
    """Hand in a file; nothing is read yet."""
    permissions.may_import(by).or_refuse()
    job = UnitImport(name=name[:120], account=by.account or 0, submitted_at=at, state=ImportState.CHECKING)
    with journal.writing(permissions.HAND_IN_FILE, by=by, at=at, on=job) as w:
        job.file = store.row(w, taken, at)
        return w.create(job)


def read_again(
    *, job: UnitImport, corrected: Mapping[int, str], version: int, by: Actor, at: datetime
) -> UnitImport:
    """With the columns as the person says."""
    permissions.may_go_on(by, job).or_refuse()
    told = {str(place): name for place, name in corrected.items()}
    with journal.writing(permissions.HAND_IN_FILE, by=by, at=at, on=job) as w:
        w.change(job, version=version)
        return w.move(job, states.READ_AGAIN, corrected=told)


def confirm(*, job: UnitImport, version: int, by: Actor, at: datetime) -> UnitImport:
    """Enter what was found."""
    permissions.may_go_on(by, job).or_refuse()
    with journal.writing(permissions.HAND_IN_FILE, by=by, at=at, on=job) as w:
        w.change(job, version=version)
        return w.move(job, states.CONFIRM)


def work(*, job: UnitImport, by: Actor, at: datetime) -> UnitImport:
    """Do what waits to be done with it; somebody else's work is left alone."""
    permissions.may_go_on(by, job).or_refuse()
    if not _claimed(job, at):
        return job
    corrected = {int(place): name for place, name in job.corrected.items()}
    progress = _progress(job)
    try:
        with examining(
            store.place(job.file.digest), by=by, day=clock.day_of(at), corrected=corrected, progress=progress
        ) as examined:
            return _go_on(job, examined, by, at, progress)
    except FileFault as fault:
        return _ended(job, states.FAIL, unreadable(fault), by, at)
    except DabiaoError as error:
        return _ended(job, states.FAIL, unreadable(FileFault(error.text)), by, at)


def _go_on(job: UnitImport, examined: Examined, by: Actor, at: datetime, progress: Progress) -> UnitImport:
    if examined.fault_count:
        return _ended(job, states.FAIL, contract(examined, Entered(), written=False), by, at)
    if job.state == ImportState.CHECKING:
        return _ended(job, states.PASS, contract(examined, Entered(), written=False), by, at)
    told = {"source": job.file.digest, "title": job.name}
    entered = import_units(examined=examined, **told, by=by, at=at, progress=progress)
    return _ended(job, states.FINISH, contract(examined, entered, written=True), by, at)


def _ended(job: UnitImport, move: Move, told: dict[str, Any], by: Actor, at: datetime) -> UnitImport:
    told = {**told, "errors": told["errors"][:MOST_ERRORS]}
    with journal.writing(permissions.HAND_IN_FILE, by=by, at=at, on=job) as w:
        w.move(job, move, told=told)
    UnitImport.objects.filter(pk=job.pk).update(touched_at=None)
    return job


def _claimed(job: UnitImport, at: datetime) -> bool:
    free = Q(touched_at=None) | Q(touched_at__lt=at - QUIET)
    rows = UnitImport.objects.filter(free, pk=job.pk, state__in=states.RUNNING)
    return bool(rows.update(touched_at=at, progress=0))


def _progress(job: UnitImport) -> Progress:
    def tell(done: int) -> None:
        UnitImport.objects.filter(pk=job.pk).update(progress=done)

    return tell


def waiting(at: datetime) -> list[UnitImport]:
    """Jobs nobody works on."""
    free = Q(touched_at=None, submitted_at__lt=at - QUIET) | Q(touched_at__lt=at - QUIET)
    return list(UnitImport.objects.filter(free, state__in=states.RUNNING).order_by("pk"))
