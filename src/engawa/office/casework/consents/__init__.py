"""Consent（同意）, sharing a case on a basis（共有）, asking to see one（閲覧の申請）, and who has read it."""
