"""What time does for people: long work whose process has gone goes on, in the name of who began it."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.organisations.permissions import may_go_on
from dabiao.organisations.services import import_jobs
from dabiao.people import queries
from dabiao.people.models import Account


def take_up_imports(at: datetime) -> int:
    """Files of units nobody works on any more; how many. Whose posting has ended begins nothing new."""
    done = 0
    for job in import_jobs.waiting(at):
        by = queries.actor(Account.objects.get(pk=job.account), day_of(at))
        if may_go_on(by, job):
            import_jobs.work(job=job, by=by, at=at)
            done += 1
    return done
