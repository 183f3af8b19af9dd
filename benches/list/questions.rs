//! What is asked.

/// What is asked for, worst cases among it.
pub const LISTS: [(&str, &str); 27] = [
    ("all, last order", ""),
    ("all, name", "sort=name"),
    ("all, most spent", "sort=-spent"),
    ("all, most orders", "sort=-orders"),
    ("all, first order", "sort=first"),
    ("deepest page, last order", "page=999999999"),
    ("deepest page, most orders", "sort=-orders&page=999999999"),
    ("deepest page, name Z to A", "sort=-name&page=999999999"),
    ("active, most spent", "activity=active&sort=-spent"),
    (
        "one-time, Facebook, most spent",
        "orders=first_time&source=facebook&sort=-spent",
    ),
    (
        "repeat, ₦10k–50k, WhatsApp, Lagos, name",
        "orders=repeat&ltv=10k_50k&source=whatsapp&state=Lagos&sort=name",
    ),
    ("contradiction: VIP by orders, under ₦10k", "orders=vip&ltv=under_10k"),
    ("at risk", "segment=at_risk"),
    ("search adebayo", "q=adebayo"),
    ("search adbayo (a slip)", "q=adbayo"),
    ("search okafor chinedu", "q=okafor%20chinedu"),
    ("search chukwuemkea (two slips)", "q=chukwuemkea"),
    ("search one letter", "q=a"),
    ("search no match", "q=xqzwv"),
    ("search 4567", "q=4567"),
    ("search 0803 123", "q=0803%20123"),
    ("search adebayo, deepest page", "q=adebayo&page=999999"),
    ("today", "period=today"),
    ("this week, most spent", "period=week&sort=-spent"),
    ("this month, first order", "period=month&sort=first"),
    (
        "this year, most spent, deepest page",
        "period=year&sort=-spent&page=999999999",
    ),
    ("two dates of last year", "period=2025-03-01..2025-05-31&sort=-spent"),
];

/// What is asked of the orders.
pub const ORDERS: [(&str, &str); 8] = [
    ("orders, newest first", ""),
    ("orders, deepest page", "page=999999999"),
    ("orders, highest amount", "sort=-amount"),
    ("orders, returned, TikTok", "status=returned&source=tiktok"),
    ("orders, this year, delivered", "period=year&status=delivered"),
    ("orders, search adbayo (a slip)", "q=adbayo"),
    ("orders, search 4567", "q=4567"),
    ("orders, search by number", "q=ON-000123"),
];
