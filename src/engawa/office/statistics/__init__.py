"""Measures, tables（集計表）and the verification report（検証）, each defined once, as data."""
