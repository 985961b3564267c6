"""Who does what in a review, cut by what it is about."""

from dabiao.reviews.permissions import contracts, plans, visits

ACTS = (*contracts.ACTS, *plans.ACTS, *visits.ACTS)
