"""The courier（便り）: carries sealed envelopes from the porch to the office, and letters from the office to the porch.

At least once, in order per seat, and harmless the second time: whoever takes a letter remembers its id in the
same transaction. ``carrier.run`` carries; ``porch_side`` is what it asks of the porch, whether the porch is on
this machine (``door``) or far away (``remote`` here, ``gate`` there, ``link`` between them).
"""
