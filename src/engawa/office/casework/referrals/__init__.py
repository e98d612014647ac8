"""Referrals（つなぎ）: to whom somebody was introduced, what was handed on with whose consent, and what was answered.

Built on the case, its household and its consents. A referral gives nobody a right to see the case: that is a share.
"""
