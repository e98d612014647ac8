"""The timeline（経過）: contacts（対応）and whatever other packages register as a source."""
