"""The words of the minutes that figures know: everything else in their columns is what somebody typed.

Source: 京都市「ひきこもり支援の検証」支援調整会議（つながった経路、主担当）.
"""

from engawa.kernel.words import Words

ROUTES = ("「よりそい・つなぐ」相談窓口", "保健福祉センター各課・室", "その他(関係機関等)")
LEADS = ("保健福祉センター各課・室", "よりそい支援員", "専門機関・NPO等", "再協議等")
OTHER_WORDS = Words("その他の記載")
