"""Reads over the creation work, cut by what they are about; `facts` is what audits ask."""
