"""Assessments（アセスメント）: dated answers to versioned question sets, and the stages of support（支援の段階）.

An assessment is written together, answer by answer, and finished; a finished one is never overwritten, a later one may
start from it. No answer refuses anybody: duration, money, age and diagnosis are asked to understand, never to exclude.
"""
