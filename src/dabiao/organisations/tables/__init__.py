"""Reading files of units: as streams, within bounds, whatever they are called."""
