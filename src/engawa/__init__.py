"""Engawa（縁側）: support of people in social withdrawal, from the first anonymous word to the verification report."""
