"""Every address × method × member of the cast × relation, against a table written by hand."""
