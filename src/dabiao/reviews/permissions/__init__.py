"""Who does what in a review, cut by what it is about."""

from dabiao.reviews.permissions import contracts, namesakes, plans, rectifications, visits

ACTS = (*contracts.ACTS, *namesakes.ACTS, *visits.ACTS, *plans.ACTS, *rectifications.ACTS)
