"""Who does what in a review, cut by what it is about."""

from dabiao.reviews.permissions import checks, contracts, followups, namesakes, plans, rectifications, visits

ACTS = (
    *(*contracts.ACTS, *namesakes.ACTS, *visits.ACTS, *plans.ACTS),
    *(*rectifications.ACTS, *checks.ACTS, *followups.ACTS),
)
