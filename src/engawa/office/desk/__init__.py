"""The work at a desk: inbox, replies, recording contacts, making a case from a talk."""
