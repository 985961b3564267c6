"""The field page's server: packets out, acts in, exactly once (docs/field-protocol.md)."""
