"""Check-up of what is stored: schema, triggers, journal, files, news, calendars."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import time

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dabiao.base import calendars, clock, outbox
from dabiao.base.files import store
from dabiao.base.journal import covered, publishing, triggers, undoing, verify
from dabiao.base.journal.findings import Status
from dabiao.base.models import StoredFile
from dabiao.base.upkeep.findings import Finding
from dabiao.base.upkeep.manifests import digest_of

NOTICE_MONTH = 11  # next year's holiday notice is usually out by then
TIRED = 5  # failed deliveries after which somebody should look
SETTLED = timedelta(days=1).total_seconds()  # an upload's row follows its bytes well before that


def schema() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Finding(f"有 {len(plan)} 个数据库升级步骤没有执行", "停止服务，先备份，再执行 dabiao migrate")


def journal_triggers() -> Iterator[Finding]:
    if names := triggers.missing():
        yield Finding(
            f"保护留痕台账的触发器缺失或失效：{'、'.join(names)}",
            "先执行 dabiao journal verify 查明有无改动；再执行 dabiao doctor --mend 重新建立",
        )


def journal() -> Iterator[Finding]:
    found = verify.verify()
    if found.status == Status.BROKEN:
        yield Finding(
            "留痕台账已被破坏", "停止写入并保留现场，执行 dabiao journal verify 看是哪些条目，与备份核对"
        )
    if found.status == Status.UNPROVABLE:
        yield Finding("；".join(found.unprovable), "找回签发存证点的 checkpoint.key，放回数据文件夹")
    if found.entries > found.covered:
        count = found.entries - found.covered
        todo = "执行 dabiao journal checkpoint，把输出交其他单位保存"
        yield Finding(f"有 {count} 条台账尚无存证点涵盖", todo, grave=False)


def bulk_acts() -> Iterator[Finding]:
    """Bulk acts whose process died: before publication, or before all updates were made."""
    for batch in [*undoing.abandoned(clock.now()), *publishing.unsettled()]:
        todo = "执行 dabiao doctor --mend：未生效的撤销，已生效的做完"
        yield Finding(f"整批办理没有做完：{batch.title or batch.act}（第 {batch.pk} 批）", todo)


def strange_tables() -> Iterator[Finding]:
    if names := covered.strangers():
        todo = "确认是谁建的；业务数据不得放在台账之外的表里"
        yield Finding(f"库中有本系统不认识的表：{'、'.join(names)}", todo, grave=False)


def files() -> Iterator[Finding]:
    """Rows without their bytes, bytes that changed, bytes without a row."""
    known = set(StoredFile.objects.values_list("digest", flat=True))
    there = {digest for digest in known if store.place(digest).is_file()}
    spoilt = sorted(digest for digest in there if digest_of(store.place(digest)) != digest)
    for digests, wrong in ((sorted(set(known) - there), "缺失"), (spoilt, "内容与摘要不符")):
        if digests:
            what = f"有 {len(digests)} 个文件{wrong}，例如 {digests[0]}"
            yield Finding(what, f"从备份的 files 文件夹取回同名文件，放到 {store.place(digests[0])} 等处")
    if orphans := [path for path in _kept() if path.name not in known]:
        todo = "多为未办成的上传留下的，可以删除"
        yield Finding(f"有 {len(orphans)} 个文件没有登记，例如 {orphans[0]}", todo, grave=False)


def _kept() -> Iterator[Path]:
    """Files that have been there for a day."""
    now = time()
    for path in store.root().rglob("*"):
        if path.is_file() and now - path.stat().st_mtime > SETTLED:
            yield path


def news() -> Iterator[Finding]:
    tired = outbox.waiting().filter(attempts__gte=TIRED)
    if count := tired.count():
        first = tired[0]
        todo = "按错误信息排除原因后执行 dabiao deliver --once"
        yield Finding(f"有 {count} 条通知反复投递失败，例如 {first.name}：{first.error}", todo)


def working_days() -> Iterator[Finding]:
    today = clock.today()
    wanted = [today.year, today.year + 1] if today.month >= NOTICE_MONTH else [today.year]
    last = date(wanted[-1], 12, 31)
    for year in calendars.calendar().missing(date(today.year, 1, 1) - timedelta(days=1), last):
        what = f"{year} 年的工作日历没有录入，期限只能按周一至周五暂算"
        yield Finding(what, "请系统管理员按国务院办公厅的放假通知录入", grave=year == today.year)
