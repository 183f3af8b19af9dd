//! Each setting: its names, how it is read and how it is written.

use super::iso;
use crate::domain::money::Money;
use crate::domain::page::PageSize;
use crate::domain::shop::{MAX_ACTIVE_DAYS, MAX_DAYS, MAX_NAME, MAX_VIP_ORDERS, MIN_VIP_ORDERS, ShopForm};
use crate::domain::stats::grouped;
use crate::domain::text;
use crate::server::config::Shop;
use crate::server::phone;
use crate::server::store::settings::Values;

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The shop's name.
    Name,
    /// The zone whose days count.
    TimeZone,
    /// The country of phone numbers that name none.
    Country,
    /// The currency of all amounts.
    Currency,
    /// How many rows a page of a list has.
    PageSize,
    /// How long a customer stays active.
    ActiveDays,
    /// When a customer is at risk.
    AtRiskDays,
    /// How many orders make a VIP.
    VipOrders,
    /// How much money makes a VIP.
    VipSpend,
}

impl Setting {
    /// Every setting, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::TimeZone,
        Self::Country,
        Self::Currency,
        Self::PageSize,
        Self::ActiveDays,
        Self::AtRiskDays,
        Self::VipOrders,
        Self::VipSpend,
    ];

    /// The name that it is stored under.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "shop.name",
            Self::TimeZone => "shop.time_zone",
            Self::Country => "shop.country",
            Self::Currency => "shop.currency",
            Self::PageSize => "shop.page_size",
            Self::ActiveDays => "shop.active_days",
            Self::AtRiskDays => "shop.at_risk_days",
            Self::VipOrders => "shop.vip_orders",
            Self::VipSpend => "shop.vip_spend",
        }
    }

    /// The name of its field in the form.
    pub fn field(self) -> &'static str {
        self.name().trim_start_matches("shop.")
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::TimeZone => "Time zone",
            Self::Country => "Country",
            Self::Currency => "Currency",
            Self::PageSize => "Rows a page",
            Self::ActiveDays => "Active for",
            Self::AtRiskDays => "At risk after",
            Self::VipOrders => "VIP from orders",
            Self::VipSpend => "VIP from spending",
        }
    }

    /// Finds a setting by the name that it is stored under.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.name() == name)
    }

    /// What a form says of it.
    pub fn typed(self, form: &ShopForm) -> &str {
        match self {
            Self::Name => &form.name,
            Self::TimeZone => &form.time_zone,
            Self::Country => &form.country,
            Self::Currency => &form.currency,
            Self::PageSize => &form.page_size,
            Self::ActiveDays => &form.active_days,
            Self::AtRiskDays => &form.at_risk_days,
            Self::VipOrders => &form.vip_orders,
            Self::VipSpend => &form.vip_spend,
        }
    }

    /// Reads what was typed, or stored, into a shop; else says what is wrong with it.
    pub fn read(self, typed: &str, shop: &mut Shop) -> Result<(), String> {
        let typed = text::clean(typed);
        let limits = &mut shop.thresholds;
        match self {
            Self::Name => shop.name = name(typed)?,
            Self::TimeZone => {
                let unknown = |_| format!("“{typed}” is no time zone; one looks like Africa/Lagos.");
                shop.zone = typed.parse().map_err(unknown)?;
            }
            Self::Country => {
                let code = typed.to_uppercase();
                if !phone::is_country(&code) {
                    return Err(format!("“{typed}” is no country; write two letters, such as NG."));
                }
                shop.country = code;
            }
            Self::Currency => {
                let code = typed.to_uppercase();
                if !iso::is_currency(&code) {
                    return Err(format!("“{typed}” is no currency; write three letters, such as NGN."));
                }
                shop.currency = code;
            }
            Self::PageSize => shop.page_size = page_size(&typed)?,
            Self::ActiveDays => limits.active_days = number(&typed, "days", 1, MAX_ACTIVE_DAYS)?,
            Self::AtRiskDays => limits.at_risk_days = number(&typed, "days", 2, MAX_DAYS)?,
            Self::VipOrders => limits.vip_orders = number(&typed, "orders", MIN_VIP_ORDERS, MAX_VIP_ORDERS)?,
            Self::VipSpend => limits.vip_spend = spend(&typed)?,
        }
        Ok(())
    }

    /// Writes what holds as it is stored and typed.
    pub fn write(self, shop: &Shop) -> String {
        let limits = &shop.thresholds;
        match self {
            Self::Name => shop.name.clone(),
            Self::TimeZone => shop.zone.name().to_owned(),
            Self::Country => shop.country.clone(),
            Self::Currency => shop.currency.clone(),
            Self::PageSize => shop.page_size.get().to_string(),
            Self::ActiveDays => limits.active_days.to_string(),
            Self::AtRiskDays => limits.at_risk_days.to_string(),
            Self::VipOrders => limits.vip_orders.to_string(),
            Self::VipSpend => limits.vip_spend.to_plain().trim_end_matches(".00").to_owned(),
        }
    }
}

fn name(typed: String) -> Result<String, String> {
    if typed.is_empty() {
        return Err("The shop needs a name.".to_owned());
    }
    if typed.chars().nth(MAX_NAME).is_some() {
        return Err(format!("“{typed}” is longer than {MAX_NAME} characters."));
    }
    Ok(typed)
}

fn page_size(typed: &str) -> Result<PageSize, String> {
    let wrong = || format!("“{typed}”: a page has 20, 25 or 50 rows.");
    PageSize::parse(typed).ok_or_else(wrong)
}

fn number(typed: &str, what: &str, least: i64, most: i64) -> Result<i64, String> {
    let wrong = || {
        format!(
            "“{typed}”: write a whole number of {what} from {least} to {}.",
            grouped(most)
        )
    };
    let digits = typed.replace([',', ' '], "");
    let number = digits.parse().map_err(|_| wrong())?;
    (least..=most).contains(&number).then_some(number).ok_or_else(wrong)
}

fn spend(typed: &str) -> Result<Money, String> {
    let read: Result<Money, _> = Money::parse(typed);
    let wrong = || format!("“{typed}”: write an amount above 0, at most {}.", Money::MAX);
    let money = read.map_err(|_| wrong())?;
    (money.0 > 0 && money <= Money::MAX).then_some(money).ok_or_else(wrong)
}

/// Returns a shop's settings as they are stored.
pub fn values(shop: &Shop) -> Values {
    let named = |setting: Setting| (setting.name().to_owned(), setting.write(shop));
    Setting::ALL.map(named).into_iter().collect()
}
