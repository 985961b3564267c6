"""Who may do what in supervision; every act of its parts."""

from dabiao.supervision.permissions import draws, verifications

ACTS = (*draws.ACTS, *verifications.ACTS)
