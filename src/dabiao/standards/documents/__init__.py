"""Documents made from an edition. Pure: a book in, bytes out."""
