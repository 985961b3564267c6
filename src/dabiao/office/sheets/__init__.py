"""Filling a sheet, reading its result, printing it."""
