"""Reads for those who take records in, and for those who give them out, part by part."""
