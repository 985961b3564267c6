"""Acts on standards, cut by what they are about."""
