"""Who may do what in the creation work; every act of its parts."""

from dabiao.creation.permissions import assessments, assessors, cases, commitments, cycles, groups

ACTS = (*cycles.ACTS, *groups.ACTS, *assessors.ACTS, *commitments.ACTS, *assessments.ACTS, *cases.ACTS)
