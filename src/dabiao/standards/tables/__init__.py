"""Authorities' scoring tables as they come (xlsx, csv), read into plain values. No Django here."""
