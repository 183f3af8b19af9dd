//! Message templates: checked on their way in, filled in for customers on their way out.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::config::Shop;
use super::error::ServerError;
use super::state::AppState;
use super::store::templates::{self, Saved};
use super::store::{consents, customers};
use crate::domain::customer::Customer;
use crate::domain::listing::ReachLinks;
use crate::domain::message::{
    self, DEFAULT_TEMPLATE, Known, MAX_BODY, MAX_NAME, Message, Template, TemplateForm, TemplateNotSaved,
};
use crate::domain::text;
use crate::error::AppError;
use crate::paths;

/// Templates with what customers ordered last, ready to be filled in.
pub struct Filling {
    shop: Arc<Shop>,
    templates: Vec<Template>,
    items: HashMap<i64, String>,
    /// Those who want no messages.
    refused: HashSet<i64>,
}

impl Filling {
    /// Reads the default template, for a list of customers.
    pub async fn of_list(state: &AppState, ids: &[i64]) -> Result<Self, ServerError> {
        let body = templates::default_body(state.db()).await?;
        let template = Template {
            id: 0,
            name: String::new(),
            body: body.unwrap_or_else(|| DEFAULT_TEMPLATE.to_owned()),
            is_default: true,
        };
        Self::of(state, vec![template], ids).await
    }

    /// Reads all templates, for one customer.
    pub async fn of_one(state: &AppState, id: i64) -> Result<Self, ServerError> {
        Self::of(state, templates::all(state.db()).await?, &[id]).await
    }

    async fn of(state: &AppState, templates: Vec<Template>, ids: &[i64]) -> Result<Self, ServerError> {
        let named = templates.iter().any(|template| message::names_product(&template.body));
        let asked = if named { ids } else { &[] };
        Ok(Self {
            shop: state.shop(),
            templates,
            items: templates::last_items(state.db(), asked).await?,
            refused: consents::refused(state.db(), ids).await?,
        })
    }

    /// Returns the ways to reach a customer; a chat goes to the `WhatsApp` number where there is one.
    pub fn reach(&self, customer: &Customer) -> ReachLinks {
        ReachLinks {
            whatsapp: self.message(customer, None).link,
            call: paths::call(&customer.phone),
            unwanted: self.refused.contains(&customer.id),
        }
    }

    /// Returns a template, filled in for a customer: the one with a number, or the default where there is none.
    pub fn message(&self, customer: &Customer, id: Option<i64>) -> Message {
        let chosen = self.templates.iter().find(|template| Some(template.id) == id);
        let default = || self.templates.iter().find(|template| template.is_default);
        let (id, name, body) = chosen.or_else(default).map_or((0, "", DEFAULT_TEMPLATE), |template| {
            (template.id, template.name.as_str(), template.body.as_str())
        });
        let text = message::fill(body, &self.known(customer));
        Message {
            id,
            name: name.to_owned(),
            link: chat(customer, &text).filter(|_| !self.refused.contains(&customer.id)),
            text,
        }
    }

    /// Returns every template, filled in for a customer.
    pub fn messages(&self, customer: &Customer) -> Vec<Message> {
        let templates = self.templates.iter();
        templates
            .map(|template| self.message(customer, Some(template.id)))
            .collect()
    }

    fn known(&self, customer: &Customer) -> Known {
        let items = self.items.get(&customer.id).map_or("", String::as_str);
        Known::of(
            customer,
            date(customer.last_order, self.shop.zone),
            items,
            &self.shop.name,
        )
    }
}

/// Returns the shop's templates with what would be filled in for the customer who ordered last.
pub async fn all(state: &AppState) -> Result<(Vec<Template>, Known), ServerError> {
    let all = templates::all(state.db()).await?;
    let shop = state.shop();
    let latest = templates::latest_customer(state.db()).await?;
    let latest: Vec<i64> = latest.into_iter().collect();
    let customer = customers::by_ids(state.db(), &latest).await?.into_values().next();
    let items = templates::last_items(state.db(), &latest).await?;
    let made_up = Known {
        name: "Adébáyò Okafor".to_owned(),
        last_order_date: date(state.clock().now(), shop.zone),
        last_product: "Ankara fabric".to_owned(),
        total_spent: "₦12,500".to_owned(),
        shop: shop.name.clone(),
    };
    let sample = customer.map_or(made_up, |customer| {
        let items = items.get(&customer.id).map_or("", String::as_str);
        Known::of(&customer, date(customer.last_order, shop.zone), items, &shop.name)
    });
    Ok((all, sample))
}

/// Saves a form; returns the template's number.
pub async fn save(state: &AppState, form: TemplateForm) -> Result<i64, ServerError> {
    let refuse = |field: &str, remark: String| {
        let refused = TemplateNotSaved {
            typed: form.clone(),
            field: field.to_owned(),
            remark,
        };
        ServerError::from(AppError::TemplateNotSaved(Box::new(refused)))
    };
    let (name, body) = (text::clean(&form.name), text::clean_lines(&form.body));
    if name.is_empty() {
        return Err(refuse("name", "The template needs a name.".to_owned()));
    }
    if name.chars().nth(MAX_NAME).is_some() {
        return Err(refuse(
            "name",
            format!("The name is longer than {MAX_NAME} characters."),
        ));
    }
    if body.is_empty() {
        return Err(refuse("body", "The message is empty.".to_owned()));
    }
    if body.chars().nth(MAX_BODY).is_some() {
        return Err(refuse(
            "body",
            format!("The message is longer than {MAX_BODY} characters."),
        ));
    }
    let id = match form.id.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| gone())?),
    };
    match templates::save(state.db(), id, name.clone(), body).await? {
        Saved::Done(id) => Ok(id),
        Saved::NameTaken => Err(refuse("name", format!("Another template is called “{name}”."))),
        Saved::Unknown => Err(gone()),
    }
}

fn gone() -> ServerError {
    AppError::NotFound("This template is not there any more.".to_owned()).into()
}

fn chat(customer: &Customer, text: &str) -> Option<String> {
    paths::whatsapp(customer.whatsapp.as_ref().unwrap_or(&customer.phone), text)
}

fn date(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%-d %b %Y").to_string()
}
