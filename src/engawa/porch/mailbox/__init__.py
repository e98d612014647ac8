"""The mailbox: envelopes（便り）on their way in, sealed to the office, and letters that wait at a seat."""
