"""Retention（保存と消去）: how long records are kept, holds, destruction by two people, and what is given out."""
