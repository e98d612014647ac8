"""The only writers of households, support teams and ties.

They live above the cases, because who may write about a household is whoever may write in one of its cases. Each is
one transaction that checks, changes and records; what stood before is kept by PostgreSQL (the ``…Past`` tables).
"""
