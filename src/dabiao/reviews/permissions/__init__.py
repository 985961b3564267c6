"""Who does what in a review, cut by what it is about."""

from dabiao.reviews.permissions import contracts, plans, rectifications, visits

ACTS = (*contracts.ACTS, *visits.ACTS, *plans.ACTS, *rectifications.ACTS)
