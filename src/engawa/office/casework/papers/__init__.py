"""Forms out（帳票）: reception, assessment, progress list, case list, plan, evaluation and both maps, as PDF and Excel.

``queries`` draw what stands on a paper from the records, ``formats`` set it. Its words: ``Paper`` is one form, filled;
``Section`` a titled part of it.
"""
