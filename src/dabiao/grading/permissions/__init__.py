"""Who may do what in the grading; every act of its parts."""

from dabiao.grading.permissions import announcing, objections, opinions, publicity, rechecks

ACTS = (*rechecks.ACTS, *opinions.ACTS, *publicity.ACTS, *objections.ACTS, *announcing.ACTS)
