"""Reads over standards, editions, overlays and rulebooks."""

from dabiao.standards.queries.books import book, edition_named, on_day, rulebook_content
from dabiao.standards.queries.choice import Proposal, proposal
from dabiao.standards.queries.drafts import Checked, checked, obstacles, source
from dabiao.standards.queries.gaps import AreaGap, Gap, gaps, special_processes
from dabiao.standards.queries.items import Filters, search_items
from dabiao.standards.queries.reviews import DueStandard, due_for_review
from dabiao.standards.queries.vetoes import hard_refusals, vetoes_on

__all__ = [
    "AreaGap",
    "Checked",
    "DueStandard",
    "Filters",
    "Gap",
    "Proposal",
    "book",
    "checked",
    "due_for_review",
    "edition_named",
    "gaps",
    "hard_refusals",
    "obstacles",
    "on_day",
    "proposal",
    "rulebook_content",
    "search_items",
    "source",
    "special_processes",
    "vetoes_on",
]
