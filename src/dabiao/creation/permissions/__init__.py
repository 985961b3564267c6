"""Who may do what in the creation work; every act of its parts."""

from dabiao.creation.permissions import assessments, cycles

ACTS = (*cycles.ACTS, *assessments.ACTS)
