"""Desk（相談窓口の仕事）: the page on which counsellors work talks, and the way from a talk or a call to a case.

Builds on ``talks`` (what is said) and ``casework`` (what becomes of it). Its own are the appointments（折返し・予約）:
a call back or a meeting that was promised, with or without a case.
"""
