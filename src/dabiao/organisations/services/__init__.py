"""Acts on bodies and units."""

from dabiao.organisations.services.units import UnitFacts, checked_code, establish, register_unit, set_areas

__all__ = ["UnitFacts", "checked_code", "establish", "register_unit", "set_areas"]
