"""An accepted case of the city has its contract, the notice, and a first visit that holds the gate."""

import pytest

from dabiao.demo.city import City
from dabiao.hazards.models import Handover, Hazard
from dabiao.reviews.models import InitialVisit, Notice, Review, ServiceContract
from dabiao.reviews.states.reviews import ReviewState

pytestmark = pytest.mark.django_db


def test_a_review_is_held_at_its_gate(told: City) -> None:
    review = Review.objects.get()
    assert review.state == ReviewState.HELD
    assert ServiceContract.objects.filter(case=review.case_id).exists()
    assert Notice.objects.filter(review=review).count() == 2
    visit = InitialVisit.objects.get()
    assert visit.outcome == "hold"
    assert visit.reasons
    hazard = Hazard.objects.get(origin="initial_visit")
    assert Handover.objects.filter(hazard=hazard).exists()
