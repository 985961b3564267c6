"""REST for other systems, versioned: its own surface with its own promises."""
