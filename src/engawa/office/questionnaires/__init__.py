"""Versioned question sets and their responses, one engine for surveys（調査）and assessments（アセスメント）.

A set is written as a draft and released; a released version never changes, and what was answered to it stays readable
with it. Surveys keep their nameless responses here. Whoever asks about a person keeps the answers beside that person,
behind the wall of the case: ``GivenAnswer`` is the shape of such an answer, ``rules`` say what fits a question.
"""
