"""The family map（ジェノグラム）, the support map（エコマップ）and the support team（支援チーム）of a case."""
