"""The audit log（監査記録）: who did or read what, append-only and hash-chained."""
